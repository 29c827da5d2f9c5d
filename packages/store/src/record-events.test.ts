import { upcast } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { tellStory } from '../test/book-story.js'
import { Random } from '../test/random.js'
import { openMemoryStore } from './open-store.js'
import { recordEvents } from './record-events.js'

describe('recordEvents', () => {
  const { stream, decisions } = tellStory(new Random(5), 'main', 80)
  const events = decisions.flat()
  const isFill = (type: string): boolean => type === 'FillBooked'

  it('names fills and funding by the key of the venue, all else by its place', () => {
    const names = recordEvents(events, 0)
    for (const [index, { id, event }] of names.entries()) {
      if (event.type === 'FillBooked') expect(id).toBe(`fill:${event.tradeId}`)
      else if (event.type === 'FundingBooked') expect(id).toBe(`funding:${event.fundingId}`)
      else expect(id).toBe(`v${index + 1}`)
    }
    expect(new Set(names.map(({ id }) => id)).size).toBe(events.length)
    expect(events.some(({ type }) => isFill(type))).toBe(true)
  })

  it('a fill decided a second time, on a later version, is refused by the log', async () => {
    const store = openMemoryStore({ decode: upcast })
    await store.append(stream, recordEvents(events, 0), { expected: 0 })
    const again = events.filter(({ type }) => isFill(type)).slice(0, 1)
    const second = store.append(stream, recordEvents(again, events.length), { expected: events.length })
    await expect(second).rejects.toMatchObject({ code: 'store.conflict.event' })
  })
})
