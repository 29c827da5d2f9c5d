import { type BookEvent, parseConfig, streamOf } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { storeBooks } from '../src/index.js'
import { beginFold, type BookFold, foldEvent } from '../src/fold/book-fold.js'
import { PastFolds } from '../src/fold/past-folds.js'
import { longLog } from './long-log.js'

const BOOK = { account: 'main', symbol: 'BTCUSDT' }
const START = { config: parseConfig({}).defaults, closingRules: [] }

const events = longLog(1200)
let store: EventStore<BookEvent>

function foldTo(version: number): BookFold {
  const fold = beginFold({ ...BOOK, positionMode: 'HEDGE' }, START)
  for (const event of events.slice(0, version)) foldEvent(fold, event, START)
  fold.position = version
  return fold
}

beforeAll(async () => {
  store = await storeBooks([{ book: BOOK, events }])
})

describe('a book as it was', () => {
  it('is the same whichever versions were looked at before', async () => {
    const version = fc.integer({ min: 1, max: events.length })
    const walk = fc.array(fc.oneof(version, fc.integer({ min: 600, max: 900 })), { minLength: 2, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(walk, async (versions) => {
        const past = new PastFolds(store)
        for (const wanted of versions) expect(await past.at(streamOf(BOOK), wanted, START)).toEqual(foldTo(wanted))
      }),
      { numRuns: Number(process.env['LAW_RUNS'] ?? 20) },
    )
  })

  it('belongs to the caller: changing it changes no later answer', async () => {
    const past = new PastFolds(store)
    for (let round = 0; round < 3; round += 1) {
      const fold = await past.at(streamOf(BOOK), 800, START)
      expect(fold).toEqual(foldTo(800))
      fold?.history.tranches.clear()
      fold?.journal.orders.clear()
      fold?.book.groups.LONG.tranches.splice(0)
    }
  })

  it('is not there beyond the log', async () => {
    expect(await new PastFolds(store).at(streamOf(BOOK), events.length + 1, START)).toBeNull()
    expect(await new PastFolds(store).at('main/NOSUCH', 1, START)).toBeNull()
  })
})
