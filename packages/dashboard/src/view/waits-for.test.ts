import { parseConfig, parsePrice, parseQuantity, type Side, unknownInstrument } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { longLog } from '../../test/long-log.js'
import { beginFold, foldEvent } from '../fold/book-fold.js'
import { type Looking, lookNow } from './looking.js'
import { waitsFor } from './waits-for.js'

const INSTRUMENT = { ...unknownInstrument('BTCUSDT'), tickSize: parsePrice('0.1'), stepSize: parseQuantity('0.001') }

function lookingWith(options: Readonly<Record<string, unknown>>): Looking {
  const { defaults, limits } = parseConfig({ defaults: options })
  const start = { config: defaults, closingRules: [] }
  const fold = beginFold({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' }, start)
  for (const event of longLog(1)) foldEvent(fold, event, start)
  const circumstances = { limits, instrument: INSTRUMENT, mark: null, prices: {}, isRunning: true, isHalted: false }
  return lookNow(fold, circumstances, 0)
}

/** The one tranche of the log, entered at 49 800, as it would be if it were isolated. */
function waiting(
  options: Readonly<Record<string, unknown>>,
  side: Side = 'LONG',
  stop: string | null = '40000',
): unknown {
  const looking = lookingWith(options)
  const record = looking.fold.history.tranches.get('T1')
  if (record === undefined) throw new RangeError('the log opened nothing')
  const stopPrice = stop === null ? null : parsePrice(stop)
  return waitsFor({ ...record, side, isolated: true, stopPrice }, looking)
}

describe('what an isolated tranche waits for', () => {
  it.each([
    [{ trancheAutoCloseIsolated: true }, 'LONG', 'waits for breakeven, then closes, at 49 800.0', '49800'],
    // 49 800 * 1.01 = 50 298; SHORT 49 800 * 0.99 = 49 302
    [
      { trancheAutoCloseIsolated: true, trancheRecoveryThreshold: '1' },
      'LONG',
      'waits for a gain of 1 %, then closes, at 50 298.0',
      '50298',
    ],
    [
      { trancheAutoCloseIsolated: true, trancheRecoveryThreshold: '1' },
      'SHORT',
      'waits for a gain of 1 %, then closes, at 49 302.0',
      '49302',
    ],
    // 49 800 * 0.98 = 48 804
    [{ isolationReleasePercent: '-2' }, 'LONG', 'waits for −2 %, then counts as active again, at 48 804.0', '48804'],
    [{}, 'LONG', 'is held until its stop or a command', '40000'],
  ] as const)('%o %s', (options, side, words, price) => {
    expect(waiting(options, side)).toEqual({ words, price: parsePrice(price) })
  })

  it('is nothing where nothing closes it', () => {
    expect(waiting({}, 'LONG', null)).toEqual({ words: 'is held: no rule closes it', price: null })
  })

  it('is nothing for one that is not isolated', () => {
    const looking = lookingWith({ trancheAutoCloseIsolated: true })
    const record = looking.fold.history.tranches.get('T1')
    expect(record === undefined ? undefined : waitsFor(record, looking)).toBeNull()
  })
})
