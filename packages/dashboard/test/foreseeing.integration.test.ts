import { type CommandInput, parseInput, parsePrice } from '@tranchebook/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectedOrders } from '../src/act/expected-orders.js'
import { foresee, type Foreseen } from '../src/act/foresee.js'
import { beginFold, foldEvent } from '../src/fold/book-fold.js'
import { liveSource } from '../src/index.js'
import { type Looking, lookNow, precisionOf } from '../src/view/looking.js'
import { longLog } from './long-log.js'
import { BTC, Stage } from './stage.js'

let stage: Stage

beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(async () => stage.close())

/** A book with open tranches for which no stop rests yet: a review would send some, whatever is asked. */
function unprotected(): Looking {
  const { manager, store, config } = stage
  const source = liveSource({ manager, store, config, badge: 'SIM' })
  const start = { config: source.configOf(BTC), closingRules: [] }
  const fold = beginFold({ ...BTC, positionMode: 'HEDGE' }, start)
  for (const event of longLog(9)) foldEvent(fold, event, start)
  const mark = { price: parsePrice('50000'), time: stage.clock.now() }
  return lookNow(fold, { ...source.circumstancesOf(BTC), mark }, stage.clock.now())
}

function foreseen(command: Readonly<Record<string, unknown>>, looking: Looking): Foreseen {
  const { manager, store, config } = stage
  const { live } = liveSource({ manager, store, config, badge: 'SIM' })
  const raw = { ...command, type: 'command', time: looking.now, symbol: BTC.symbol }
  const input = parseInput(raw, { account: BTC.account, positionMode: 'HEDGE', sequence: 1 })
  if (live === null || !isCommand(input)) throw new RangeError('this is no command of a running account')
  return foresee(input, looking, { live, all: [looking], closingRules: [] })
}

function isCommand(input: { readonly type: string }): input is CommandInput {
  return input.type === 'command'
}

function sentences({ events, consequences, book }: Foreseen, looking: Looking): readonly string[] {
  return expectedOrders([...events, ...consequences], book, precisionOf(looking.instrument)).map(
    ({ sentence }) => sentence,
  )
}

describe('what is foreseen of an action', () => {
  it('leaves out what would be sent without it, too', () => {
    const looking = unprotected()
    const [first] = looking.fold.history.open.keys()
    expect(sentences(foreseen({ command: 'labelTranche', tranche: first, label: 'x' }, looking), looking)).toEqual([])
  })

  it('changes nothing', () => {
    const looking = unprotected()
    const before = structuredClone(looking.fold.book)
    expect(foreseen({ command: 'flatten' }, looking).events.length).toBeGreaterThan(0)
    expect(looking.fold.book).toEqual(before)
  })
})
