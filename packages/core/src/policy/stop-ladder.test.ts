import { describe, expect, it } from 'vitest'
import { aBook } from '../../test/builders/book-builder.js'
import { BTC, PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { eventOf, levelText } from '../../test/builders/events-builder.js'
import type { Side, Tranche } from '../book/tranche.js'
import type { StopLadderName, SymbolConfig } from '../config/symbol-config.js'
import { type Instrument, unknownInstrument } from '../instrument/instrument.js'
import { parsePercent } from '../money/percent.js'
import { formatPrice, parsePrice } from '../money/price.js'
import {
  breakevenOf,
  improvesStop,
  percentBehind,
  STOP_RULES,
  trailingProposal,
  type StopProposal,
} from './stop-ladder.js'

const FREE = unknownInstrument('BTCUSDT')
const TARGETS = {
  LONG: ['51500', '52500', '54000'],
  SHORT: ['48500', '47500', '46000'],
} as const

interface Given {
  readonly side?: Side
  readonly price?: string
  readonly stop?: string | null
  readonly best?: string
  readonly config?: Partial<SymbolConfig>
  readonly instrument?: Instrument
}

function trancheOf({ side = 'LONG', price = '50000', stop, best }: Given): Tranche {
  const levels = TARGETS[side].map((target) => levelText('3', target, '0.04'))
  const initial = side === 'LONG' ? '49000' : '51000'
  const trailed = eventOf('StopMoved', 2, {
    tranche: 'T1',
    side,
    from: null,
    to: stop ?? initial,
    rung: 'trailing',
    forced: true,
    trailingBest: best ?? null,
  })
  const book = aBook([{ id: 'T1', price, quantity: '0.12', side, levels, stop: stop === undefined ? initial : stop }], {
    events: best === undefined ? [] : [trailed],
  })
  const tranche = book.groups[side].tranches[0]
  if (tranche === undefined) throw new Error('no tranche')
  return tranche
}

function contextOf({ config = {}, instrument = FREE }: Given): { config: SymbolConfig; instrument: Instrument } {
  return { config: { ...PLAIN_CONFIG, ...config }, instrument }
}

function shown(proposal: StopProposal | null): string | null {
  if (proposal === null) return null
  const { price, trailingBest } = proposal
  return trailingBest === null ? formatPrice(price) : `${formatPrice(price)} after ${formatPrice(trailingBest)}`
}

/** What a ladder proposes once a level was taken, at the target itself unless the price says more. */
function taken(
  ladder: StopLadderName,
  tranche: Tranche,
  { hit, config, price }: { hit: number; config: Partial<SymbolConfig>; price?: string },
): StopProposal | null {
  const at = parsePrice(price ?? TARGETS[tranche.side][hit - 1] ?? '50000')
  return STOP_RULES[ladder](tranche, hit, { ...contextOf({ config }), price: at })
}

describe('a ladder', () => {
  const percent = { stopLadderPercent: parsePercent('2') }

  it.each<[ladder: StopLadderName, side: Side, rungs: readonly (string | null)[], config?: Partial<SymbolConfig>]>([
    // acceptance 10
    ['BREAKEVEN_THEN_PREVIOUS', 'LONG', ['50000', '51500', '52500']],
    ['BREAKEVEN_THEN_PREVIOUS', 'SHORT', ['50000', '48500', '47500']],
    ['BREAKEVEN', 'LONG', ['50000', '50000', '50000']],
    ['BREAKEVEN', 'SHORT', ['50000', '50000', '50000']],
    ['PREVIOUS_TARGET', 'LONG', [null, '51500', '52500']],
    ['PREVIOUS_TARGET', 'SHORT', [null, '48500', '47500']],
    ['TWO_TARGETS_BACK', 'LONG', [null, '50000', '51500']],
    ['TWO_TARGETS_BACK', 'SHORT', [null, '50000', '48500']],
    // · 0.98: 50 470, 51 450, 52 920; · 1.02: 49 470, 48 450, 46 920
    ['PERCENT_BELOW_HIGHEST', 'LONG', ['50470', '51450', '52920'], percent],
    ['PERCENT_BELOW_HIGHEST', 'SHORT', ['49470', '48450', '46920'], percent],
    ['TRAIL_FROM_HERE', 'LONG', ['50470 after 51500', '51450 after 52500', '52920 after 54000'], percent],
    ['TRAIL_FROM_HERE', 'SHORT', ['49470 after 48500', '48450 after 47500', '46920 after 46000'], percent],
    // the trailing distance wins where there is one: · 0.99
    [
      'TRAIL_FROM_HERE',
      'LONG',
      ['50985 after 51500', '51975 after 52500', '53460 after 54000'],
      { ...percent, trailingStopPercent: parsePercent('1') },
    ],
    ['NONE', 'LONG', [null, null, null]],
    ['NONE', 'SHORT', [null, null, null]],
  ])('%s of %s stands after its targets at %j', (ladder, side, rungs, config = {}) => {
    const tranche = trancheOf({ side })

    expect([1, 2, 3].map((hit) => shown(taken(ladder, tranche, { hit, config })))).toEqual(rungs)
  })

  it.each([
    'BREAKEVEN_THEN_PREVIOUS',
    'PREVIOUS_TARGET',
    'TWO_TARGETS_BACK',
    'PERCENT_BELOW_HIGHEST',
    'TRAIL_FROM_HERE',
  ] as const)('%s leaves the stop where the target it needs is not there', (ladder) => {
    expect(taken(ladder, trancheOf({}), { hit: 9, config: {} })).toBeNull()
  })
})

describe('TRAIL_FROM_HERE', () => {
  const config = { stopLadderPercent: parsePercent('2') }

  it.each([
    // 53 000 · 0.98; a worse fill than the target does not take the best mark back
    ['LONG', '53000', '51940 after 53000'],
    ['LONG', '51000', '50470 after 51500'],
    ['SHORT', '47000', '47940 after 47000'],
    ['SHORT', '49000', '49470 after 48500'],
  ] as const)('of a %s taken at %s begins at the best of target and price: %s', (side, price, stop) => {
    expect(shown(taken('TRAIL_FROM_HERE', trancheOf({ side }), { hit: 1, config, price }))).toBe(stop)
  })
})

describe('breakevenOf', () => {
  const withFees = { breakevenIncludesFees: true, takerFeePercent: parsePercent('0.05') }

  it.each<[name: string, given: Given, price: string]>([
    ['the entry', {}, '50000'],
    ['the entry of a SHORT', { side: 'SHORT' }, '50000'],
    // acceptance 12: 50 000 · 1.0005 ÷ 0.9995 = 50 050.0250125…, up
    ['with fees', { config: withFees }, '50050.025012506254'],
    // 50 000 · 0.9995 ÷ 1.0005 = 49 950.0249875…, down
    ['with fees of a SHORT', { side: 'SHORT', config: withFees }, '49950.024987506246'],
    ['with fees to the tick', { config: withFees, instrument: BTC }, '50050.1'],
    ['with fees to the tick of a SHORT', { side: 'SHORT', config: withFees, instrument: BTC }, '49950'],
    // an entry off the tick: up for LONG, down for SHORT
    ['to the tick', { price: '50000.05', instrument: BTC }, '50000.1'],
    ['to the tick of a SHORT', { price: '50000.05', side: 'SHORT', instrument: BTC }, '50000'],
    ['with a fee of 0', { config: { ...withFees, takerFeePercent: parsePercent('0') } }, '50000'],
  ])('is %s', (_name, given, price) => {
    expect(formatPrice(breakevenOf(trancheOf(given), contextOf(given)))).toBe(price)
  })

  it('loses nothing after both fees', () => {
    // 50 050.025012506254 · 0.9995 − 50 000 · 1.0005 ≥ 0, and less than a unit more than that
    const long = breakevenOf(trancheOf({}), contextOf({ config: withFees })) as bigint
    const paid = parsePrice('50000') * 10_005n
    expect(long * 9995n >= paid && (long - 1n) * 9995n < paid).toBe(true)
    const short = breakevenOf(trancheOf({ side: 'SHORT' }), contextOf({ config: withFees })) as bigint
    const received = parsePrice('50000') * 9995n
    expect(short * 10_005n <= received && (short + 1n) * 10_005n > received).toBe(true)
  })
})

describe('percentBehind', () => {
  it.each<[Side, Instrument, string]>([
    // 51 234.5 · 0.985 = 50 465.9825, · 1.015 = 52 003.0175
    ['LONG', FREE, '50465.9825'],
    ['SHORT', FREE, '52003.0175'],
    ['LONG', BTC, '50466'],
    ['SHORT', BTC, '52003'],
  ])('of a %s is on its losing side', (side, instrument, price) => {
    expect(formatPrice(percentBehind(parsePrice('51234.5'), parsePercent('1.5'), { side, instrument }))).toBe(price)
  })
})

describe('improvesStop', () => {
  it('only in the favour of the tranche', () => {
    const at = (side: Side, stop: string | null, price: string): boolean =>
      improvesStop(trancheOf({ side, stop }), parsePrice(price))

    expect(['48999', '49000', '49001'].map((price) => at('LONG', '49000', price))).toEqual([false, false, true])
    expect(['50999', '51000', '51001'].map((price) => at('SHORT', '51000', price))).toEqual([true, false, false])
    expect(at('LONG', null, '1')).toBe(true)
    expect(at('SHORT', null, '99999')).toBe(true)
  })
})

describe('trailingProposal', () => {
  const trailing = (percent: string, activation: string | null = null): Partial<SymbolConfig> => ({
    trailingStopPercent: parsePercent(percent),
    trailingActivationPercent: activation === null ? null : parsePercent(activation),
  })

  it.each<[name: string, given: Given, mark: string, stop: string | null]>([
    // 51 000 · 0.99
    ['follows the mark at once', { config: trailing('1') }, '51000', '50490 after 51000'],
    ['mirrored for SHORT', { side: 'SHORT', config: trailing('1') }, '49000', '49490 after 49000'],
    // 49 000 · 0.99 = 48 510 is below the stop at 49 000
    ['never moves back', { config: trailing('1') }, '49000', null],
    ['never moves back for SHORT', { side: 'SHORT', config: trailing('1') }, '51000', null],
    // 49 494.94949495 · 0.99 > 49 000
    [
      'moves by the least',
      { config: trailing('1') },
      '49494.949494949496',
      '49000.000000000002 after 49494.949494949496',
    ],
    ['stays where it would stand still', { config: trailing('2') }, '50000', null],
    ['waits for its activation', { config: trailing('1', '3') }, '51499.99', null],
    // 3 % of 50 000, bound included; 51 500 · 0.99
    ['starts at its activation', { config: trailing('1', '3') }, '51500', '50985 after 51500'],
    ['waits for its activation, SHORT', { side: 'SHORT', config: trailing('1', '3') }, '48500.01', null],
    ['starts at its activation, SHORT', { side: 'SHORT', config: trailing('1', '3') }, '48500', '48985 after 48500'],
    // active since 52 000: 51 000 is below the activation, but 51 000 · 0.99 still improves a stop at 50 000
    [
      'needs no activation once it trails',
      { stop: '50000', best: '52000', config: trailing('1', '3') },
      '51000',
      '50490 after 51000',
    ],
    ['gives a stop to a tranche without one', { stop: null, config: trailing('1') }, '40000', '39600 after 40000'],
    ['is off', {}, '60000', null],
    // TRAIL_FROM_HERE without a trailing stop of its own follows at the distance of the ladder
    [
      'goes on where the ladder started it',
      { stop: '50000', best: '52000', config: { stopLadderPercent: parsePercent('2') } },
      '53000',
      '51940 after 53000',
    ],
    ['to the tick, up', { config: trailing('1'), instrument: BTC }, '51234.5', '50722.2 after 51234.5'],
  ])('%s', (_name, given, mark, stop) => {
    expect(shown(trailingProposal(trancheOf(given), parsePrice(mark), contextOf(given)))).toBe(stop)
  })
})
