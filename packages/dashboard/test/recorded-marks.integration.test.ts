import { parseEvent, parsePrice } from '@tranchebook/core'
import { MemoryStore, recordEvents } from '@tranchebook/store'
import { expect, it, onTestFinished } from 'vitest'
import { connectDashboard, openDashboard, recordedSource } from '../src/index.js'
import { longLog } from './long-log.js'

it('a recording is looked at by its newest mark, also where its log does not hold it', async () => {
  const store = new MemoryStore({ decode: parseEvent })
  await store.append('main/BTCUSDT', recordEvents(longLog(3), 0), { expected: 'none' })
  const price = parsePrice('51234.5')
  const marks = new Map([['main/BTCUSDT', { price, high: price, low: price, time: 7 }]])
  const dashboard = await openDashboard({ source: recordedSource({ store, title: 'marks', marks }) })
  onTestFinished(async () => {
    await dashboard.close()
    await store.close()
  })
  const { books } = await connectDashboard({ url: dashboard.origin, token: dashboard.token }).books()
  expect(books).toMatchObject([{ symbol: 'BTCUSDT', mark: '51234.5', markTime: 7 }])
})
