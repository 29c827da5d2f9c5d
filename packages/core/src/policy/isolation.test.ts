import { describe, expect, it } from 'vitest'
import { aBook } from '../../test/builders/book-builder.js'
import { PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { opened } from '../../test/builders/events-builder.js'
import type { Side, Tranche } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { unknownInstrument } from '../instrument/instrument.js'
import { parseMoney } from '../money/money.js'
import { formatPercent, parsePercent } from '../money/percent.js'
import { parsePrice } from '../money/price.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import { hasRecovered, holdingOf, mayRelease, mustIsolate, partialCloseQuantity, recoveryPercent } from './isolation.js'

interface Given {
  readonly side?: Side
  readonly quantity?: string
  readonly price?: string
  readonly isolated?: boolean
  readonly leverage?: number
}

function trancheOf({
  side = 'LONG',
  quantity = '0.001',
  price = '50000',
  isolated = false,
  leverage = 10,
}: Given = {}): Tranche {
  const birth = opened({ time: 1, tranche: 'T1', price, quantity, side, leverage })
  const book = aBook([], { events: [birth] })
  const tranche = book.groups[side].tranches[0]
  if (tranche === undefined) throw new Error('no tranche')
  return { ...tranche, isolated }
}

function configOf(changes: Partial<SymbolConfig> = {}): SymbolConfig {
  return { ...PLAIN_CONFIG, ...changes }
}

describe('mustIsolate', () => {
  it.each<[Given, threshold: string, mark: string, must: boolean]>([
    // acceptance 1
    [{}, '5', '47500', true],
    [{}, '5', '48000', false],
    [{}, '5', '47500.000000000001', false],
    // acceptance 14, bound included
    [{ side: 'SHORT', quantity: '0.01' }, '5', '52500', true],
    [{ side: 'SHORT', quantity: '0.01' }, '5', '52499.999999999999', false],
    [{ isolated: true }, '5', '40000', false],
    [{}, '3', '48500', true],
    [{}, '10', '45000', true],
    [{}, '10', '45001', false],
    // never multiplied by leverage: at 100x a loss of 1 % is 100 % of the margin
    [{ leverage: 100 }, '5', '49500', false],
  ])('%o with a threshold of %s %% at %s: %s', (given, threshold, mark, must) => {
    const config = configOf({ trancheIsolationThreshold: parsePercent(threshold) })

    expect(mustIsolate(trancheOf(given), parsePrice(mark), config)).toBe(must)
  })
})

describe('mayRelease', () => {
  it.each<[Given, release: string | null, mark: string, may: boolean]>([
    [{ isolated: true }, '-2', '49000', true],
    [{ isolated: true }, '-2', '48999.99', false],
    [{ isolated: true }, '-2', '60000', true],
    [{ isolated: false }, '-2', '60000', false],
    [{ isolated: true }, null, '60000', false],
    [{ isolated: true, side: 'SHORT' }, '-2', '51000', true],
    [{ isolated: true, side: 'SHORT' }, '-2', '51000.01', false],
  ])('%o released at %s %%, mark %s: %s', (given, release, mark, may) => {
    const config = configOf({ isolationReleasePercent: release === null ? null : parsePercent(release) })

    expect(mayRelease(trancheOf(given), parsePrice(mark), config)).toBe(may)
  })
})

describe('recovery', () => {
  const auto = { trancheAutoCloseIsolated: true }
  const fees = { breakevenIncludesFees: true, takerFeePercent: parsePercent('0.05') }

  it.each<[name: string, given: Given, config: Partial<SymbolConfig>, mark: string, recovered: boolean]>([
    ['breakeven', { isolated: true }, auto, '50000', true],
    ['below breakeven', { isolated: true }, auto, '49999.999999999999', false],
    ['breakeven of a SHORT', { isolated: true, side: 'SHORT' }, auto, '50000', true],
    ['above breakeven of a SHORT', { isolated: true, side: 'SHORT' }, auto, '50000.000000000001', false],
    [
      'a threshold of its own',
      { isolated: true },
      { ...auto, trancheRecoveryThreshold: parsePercent('1') },
      '50500',
      true,
    ],
    ['short of that', { isolated: true }, { ...auto, trancheRecoveryThreshold: parsePercent('1') }, '50499.99', false],
    // 50 000 · 1.0005 ÷ 0.9995 = 50 050.02501250…
    ['both fees', { isolated: true }, { ...auto, ...fees }, '50050.0251', true],
    ['not quite both fees', { isolated: true }, { ...auto, ...fees }, '50050.025', false],
    // 50 000 · 0.9995 ÷ 1.0005 = 49 950.02498750…
    ['both fees of a SHORT', { isolated: true, side: 'SHORT' }, { ...auto, ...fees }, '49950.0249', true],
    ['not quite both fees of a SHORT', { isolated: true, side: 'SHORT' }, { ...auto, ...fees }, '49950.025', false],
    ['switched off', { isolated: true }, {}, '60000', false],
    ['never isolated', {}, auto, '60000', false],
  ])('%s', (_name, given, config, mark, recovered) => {
    expect(hasRecovered(trancheOf(given), parsePrice(mark), configOf(config))).toBe(recovered)
  })

  it('needs the threshold and 2f ÷ (1 ∓ f), rounded up', () => {
    const config = configOf({ ...fees, trancheRecoveryThreshold: parsePercent('1') })

    // 0.1 % ÷ 0.9995 = 0.100050025012506…, 0.1 % ÷ 1.0005 = 0.099950024987506…
    expect(formatPercent(recoveryPercent(trancheOf(), config))).toBe('1.100050025013')
    expect(formatPercent(recoveryPercent(trancheOf({ side: 'SHORT' }), config))).toBe('1.099950024988')
    expect(formatPercent(recoveryPercent(trancheOf(), { ...config, breakevenIncludesFees: false }))).toBe('1')
    // 0.08 % ÷ 0.9996 = 0.0800320128051…: up, though the nearest is down
    expect(formatPercent(recoveryPercent(trancheOf(), { ...config, takerFeePercent: parsePercent('0.04') }))).toBe(
      '1.080032012806',
    )
  })
})

describe('partialCloseQuantity', () => {
  function closing(given: Given, percent: string, to: { margin?: string; step?: string } = {}): string {
    const config = configOf({
      isolationClosePercent: parsePercent(percent),
      isolatedTrancheMinMargin: to.margin === undefined ? null : parseMoney(to.margin),
    })
    const instrument = { ...unknownInstrument('BTCUSDT'), stepSize: parseQuantity(to.step ?? '0') }
    return formatQuantity(partialCloseQuantity(trancheOf(given), config, instrument))
  }

  it.each<[name: string, given: Given, percent: string, to: { margin?: string; step?: string }, quantity: string]>([
    ['a share of the tranche', { quantity: '0.01' }, '50', {}, '0.005'],
    ['all of it', { quantity: '0.01' }, '100', {}, '0.01'],
    // 0.0033 down
    ['down to the step', { quantity: '0.01' }, '33', { step: '0.001' }, '0.003'],
    ['nothing where that is less than a step', { quantity: '0.001' }, '50', { step: '0.001' }, '0'],
    // 0.01 · 50 000 ÷ 10 = 50 of margin; 30 are kept: 0.006
    ['no more than leaves the minimum margin', { quantity: '0.01' }, '50', { margin: '30' }, '0.004'],
    ['its share where that leaves more', { quantity: '0.01' }, '50', { margin: '20' }, '0.005'],
    ['its share where that leaves exactly the minimum', { quantity: '0.01' }, '50', { margin: '25' }, '0.005'],
    ['nothing where the margin is at the minimum', { quantity: '0.01' }, '50', { margin: '50' }, '0'],
    ['nothing where the margin is below the minimum', { quantity: '0.01' }, '50', { margin: '500' }, '0'],
    // 0.01 · 50 000 ÷ 1 = 500
    ['by the leverage of the tranche', { quantity: '0.01', leverage: 1 }, '50', { margin: '300' }, '0.004'],
    // keeps 0.0061 up to 0.007: 31 · 10 ÷ 50 000 = 0.0062, so 0.0038 down to 0.003
    ['down to the step after the margin', { quantity: '0.01' }, '50', { margin: '31', step: '0.001' }, '0.003'],
    // 10 · 10 ÷ 30 000 = 0.003333…: a unit more is kept rather than a unit too little
    ['the margin kept is never short', { quantity: '0.01', price: '30000' }, '100', { margin: '10' }, '0.006666666666'],
  ])('closes %s', (_name, given, percent, to, quantity) => {
    expect(closing(given, percent, to)).toBe(quantity)
  })
})

describe('a tranche that cost nothing', () => {
  it('has no margin to keep', () => {
    const config = configOf({ isolationClosePercent: parsePercent('50'), isolatedTrancheMinMargin: parseMoney('10') })
    const free = { ...trancheOf({ quantity: '0.01' }), cost: parseMoney('0') }

    expect(formatQuantity(partialCloseQuantity(free, config, unknownInstrument('BTCUSDT')))).toBe('0.005')
  })
})

describe('holdingOf', () => {
  it('is what remains at its entry', () => {
    const tranche = trancheOf({ quantity: '0.002' })

    expect(holdingOf(tranche)).toEqual({ side: 'LONG', cost: parseMoney('100'), quantity: parseQuantity('0.002') })
  })
})
