import { applyEvent, type BookEvent, emptyBook, upcast } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { openMemoryStore } from './open-store.js'

it('the first steps of the documentation work', async () => {
  const identity = { account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' } as const
  const book = emptyBook(identity)
  const header = { version: 1, time: 1_714_000_000_000, causationId: 'start', correlationId: 'start' } as const
  const event: BookEvent = { ...header, type: 'BookOpened', ...identity }

  const store = openMemoryStore({ decode: upcast })
  await store.append('main/BTCUSDT', [{ id: 'opened', event }], { expected: 'none' })
  for await (const events of store.replay('main/BTCUSDT')) for (const each of events) applyEvent(book, each)

  expect(book.version).toBe(1)
})
