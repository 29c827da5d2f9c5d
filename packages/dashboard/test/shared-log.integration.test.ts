import { recordEvents } from '@tranchebook/store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { longLog } from './long-log.js'
import { BTC, Stage } from './stage.js'

let stage: Stage

beforeEach(async () => {
  stage = await Stage.open()
  await stage.enter('0.1')
  const others = longLog(20).map((event) => (event.type === 'BookOpened' ? { ...event, account: 'other' } : event))
  await stage.store.append('other/BTCUSDT', recordEvents(others, 0), { expected: 'none' })
  await stage.move('51500')
})
afterEach(async () => stage.close())

describe('a log that several accounts share', () => {
  it('is shown as far as it is the account that runs here', async () => {
    const { accounts, books, shield } = await stage.client.state()
    expect([accounts, books, shield.protected]).toEqual([['main'], 2, true])
    const list = await stage.client.books()
    expect(list.books.map(({ account }) => account)).toEqual(['main', 'main'])
    await expect(stage.client.book({ account: 'other', symbol: 'BTCUSDT' })).rejects.toMatchObject({
      code: 'dashboard.unknown-book',
    })
  })

  it('is streamed and exported so, too', async () => {
    const head = String((await stage.store.logHead()).position)
    const leaving = new AbortController()
    const accounts = new Set<string>()
    for await (const message of stage.client.stream('0', leaving.signal)) {
      if (message.type !== 'event') continue
      accounts.add(message.data.account)
      if (message.data.position === head) break
    }
    leaving.abort()
    expect([...accounts]).toEqual(['main'])

    const { origin, token } = stage.dashboard
    const answer = await fetch(`${origin}/api/export/fills.csv`, { headers: { authorization: `Bearer ${token}` } })
    const lines = (await answer.text()).trim().split('\n').slice(1)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.every((line) => line.split(',')[1] === 'main')).toBe(true)
  })
})

describe('a log that cannot be read', () => {
  it('leaves the answer to the first question: who is protected, as of when it could', async () => {
    const before = await stage.client.state()
    await stage.store.close()
    const after = await stage.client.state()
    expect(after).toMatchObject({ position: before.position, shield: before.shield, books: 2 })
    expect(after.health.reasons.find(({ code }) => code === 'logUnreadable')).toMatchObject({
      level: 'degraded',
      message: expect.stringContaining('the log cannot be read just now') as string,
      advice: expect.stringContaining('Look at the database') as string,
    })
    expect((await stage.client.books()).books).toHaveLength(2)
    await expect(stage.client.book(BTC)).rejects.toMatchObject({ code: 'store.closed' })
  })
})
