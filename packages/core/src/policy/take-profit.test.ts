import { describe, expect, it } from 'vitest'
import { PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { aBook } from '../../test/builders/book-builder.js'
import { levelText } from '../../test/builders/events-builder.js'
import type { LevelText } from '../book/events.js'
import type { Side, Tranche } from '../book/tranche.js'
import { judgeLevels } from '../config/scaled-levels.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { type Instrument, unknownInstrument } from '../instrument/instrument.js'
import { parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice } from '../money/price.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import { countTowardLevels, levelsReached, owes, planLevels } from './take-profit.js'

interface Ask {
  readonly original: string
  /** closePercent of each level; prices rise from 51 000 by 1000. */
  readonly closes: readonly string[]
  readonly step?: string
  readonly minimum?: string
  readonly instrument?: Partial<Instrument>
  readonly config?: Partial<SymbolConfig>
}

function planned({ original, closes, step = '0', minimum = '0', instrument, config }: Ask): readonly string[] {
  const levels = closes.map((close, index) => ({
    profitPercent: parsePercent(String(index + 1)),
    closePercent: parsePercent(close),
    price: parsePrice(String(51_000 + index * 1000)),
  }))
  const rules = {
    config: { ...PLAIN_CONFIG, enableScaledTakeProfit: true, scaledTpMinOrderSize: parseQuantity(minimum), ...config },
    instrument: { ...unknownInstrument('BTCUSDT'), stepSize: parseQuantity(step), ...instrument },
  }
  return planLevels(parseQuantity(original), levels, rules).map((level) => formatQuantity(level.quantity))
}

const SEED = ['40', '30', '30']
const ALL_SKIPPED = { scaledTpFallbackToSingle: false }

describe('planLevels', () => {
  it.each<[name: string, ask: Ask, wanted: readonly string[]]>([
    ['acceptance 10', { original: '0.1', closes: SEED }, ['0.04', '0.03', '0.03']],
    // TP1's 0.03 is skipped; TP2 closes 0.04 + 0.03; the 0.03 that would remain is below 0.035 and goes with it
    ['acceptance 11', { original: '0.1', closes: ['30', '40', '30'], minimum: '0.035' }, ['0', '0.1', '0']],
    // 0.4 of 1; the 0.3 of TP2 and of TP3 are below 0.35, together they are not
    ['known failure 65: 1.0, minimum 0.35', { original: '1', closes: SEED, minimum: '0.35' }, ['0.4', '0', '0.6']],
    // 0.16 of 0.4; 0.12 is skipped, 0.24 is what remains
    ['known failure 65: 0.4, minimum 0.15', { original: '0.4', closes: SEED, minimum: '0.15' }, ['0.16', '0', '0.24']],
    // 0.04; 0.03 skipped; 0.06 remains
    [
      'known failure 65: 0.1, minimum 0.035',
      { original: '0.1', closes: SEED, minimum: '0.035' },
      ['0.04', '0', '0.06'],
    ],
    // 0.6 of 1 would leave 0.4, enough; 0.3 of 1 would then leave 0.1, too little: closed with TP2
    [
      'a remainder below the minimum goes with the level before it',
      { original: '1', closes: ['60', '30', '10'], minimum: '0.2' },
      ['0.6', '0.4', '0'],
    ],
    [
      'a remainder at the minimum waits for its level',
      { original: '1', closes: ['60', '20', '20'], minimum: '0.2' },
      ['0.6', '0.2', '0.2'],
    ],
    ['a level at the minimum is taken', { original: '0.1', closes: SEED, minimum: '0.03' }, ['0.04', '0.03', '0.03']],
    // 0.1, 0.1, 0.1, 0.7 of 1, minimum 0.25: the first three roll up to 0.3 in TP3
    [
      'shares roll through several levels',
      { original: '1', closes: ['10', '10', '10', '70'], minimum: '0.25' },
      ['0', '0', '0.3', '0.7'],
    ],
    // 0.1 rolls into TP2's 0.3; TP3 starts afresh with its own 0.6
    [
      'what was rolled is not rolled twice',
      { original: '1', closes: ['10', '30', '60'], minimum: '0.2' },
      ['0', '0.4', '0.6'],
    ],
    ['one level takes everything', { original: '0.0015', closes: ['100'], step: '0.001' }, ['0.0015']],
    // 0.05 of 0.1 by 0.04: down to 0.04; the last takes the residue
    [
      'down to the step, the residue to the last',
      { original: '0.1', closes: ['50', '50'], step: '0.04' },
      ['0.04', '0.06'],
    ],
    // 0.4, 0.3, 0.3 of 0.005: 0.002, 0.0015 down to 0.001, the rest
    ['0.005 by 0.001', { original: '0.005', closes: SEED, step: '0.001' }, ['0.002', '0.001', '0.002']],
    // 0.0005 rolls into 0.0015: together they are 0.002, which neither is by itself
    [
      'an unrounded share rolls',
      { original: '0.005', closes: ['10', '30', '60'], step: '0.001' },
      ['0', '0.002', '0.003'],
    ],
    // 0.4, 0.3, 0.3 of a step: nobody has a whole step but all of it
    [
      'less than a step each',
      { original: '0.001', closes: SEED, step: '0.001', config: ALL_SKIPPED },
      ['0', '0', '0.001'],
    ],
    // 0.000999… of 0.003 in thirds is a whole step short of 10^-12 %
    [
      'thirds',
      { original: '0.003', closes: ['33.333333333334', '33.333333333333', '33.333333333333'], step: '0.001' },
      ['0.001', '0.001', '0.001'],
    ],
    [
      'thirds without a step',
      { original: '0.003', closes: ['33.333333333334', '33.333333333333', '33.333333333333'] },
      ['0.001', '0.001', '0.001'],
    ],
    // exact shares stay exact however large the tranche: 40 % of 100 000
    ['a large tranche without a step', { original: '100000', closes: SEED }, ['40000', '30000', '30000']],
    // written to nine decimals a share is meant as it stands: down to 10^-12
    [
      'a share that is written, not normalized',
      { original: '100.000000000001', closes: ['33.333333333', '66.666666667'] },
      ['33.333333333', '66.666666667001'],
    ],
    [
      'thirds of 100 without a step',
      { original: '100', closes: ['33.333333333334', '33.333333333333', '33.333333333333'] },
      ['33.333333333334', '33.333333333333', '33.333333333333'],
    ],
    [
      'thirds of 300 without a step',
      { original: '300', closes: ['33.333333333334', '33.333333333333', '33.333333333333'] },
      ['100.000000000002', '99.999999999999', '99.999999999999'],
    ],
    ['exactly 100 without a step', { original: '100', closes: SEED }, ['40', '30', '30']],
    // 6 is skipped, 6 + 18 of 60
    ['rolled shares stay exact', { original: '60', closes: ['10', '30', '60'], minimum: '7' }, ['0', '24', '36']],
    // two thirds that are each a unit of 10^-12 % short
    [
      'rolled thirds',
      {
        original: '0.003',
        closes: ['33.333333333333', '33.333333333333', '33.333333333334'],
        step: '0.001',
        minimum: '0.002',
        config: ALL_SKIPPED,
      },
      ['0', '0.003', '0'],
    ],
    ['nothing twice over', { original: '0.1', closes: ['100', '0.000000000001'] }, ['0.1', '0']],
  ])('%s', (_name, ask, wanted) => {
    expect(planned(ask)).toEqual(wanted)
  })

  it.each(['3', '7', '9', '11'])('gives %s equal levels of as many steps one step each', (count) => {
    const levels = Array.from({ length: Number(count) }, (_, index) => ({
      profitPercent: parsePercent(String(index + 1)),
      closePercent: parsePercent('1'),
    }))
    const judged = judgeLevels(levels)
    const closes = judged.type === 'usable' ? judged.levels.map((level) => String(level.closePercent)) : []
    const texts = closes.map(
      (units) => `${units.slice(0, -12) === '' ? '0' : units.slice(0, -12)}.${units.slice(-12).padStart(12, '0')}`,
    )

    expect(planned({ original: `0.${count.padStart(3, '0')}`, closes: texts, step: '0.001' })).toEqual(
      Array.from({ length: Number(count) }, () => '0.001'),
    )
  })

  describe('when every level by itself is too small', () => {
    // 0.04, 0.03, 0.03 are below 0.05; together they are not
    const small: Ask = { original: '0.1', closes: SEED, minimum: '0.05' }

    it('falls back to the single take profit', () => {
      expect(planned(small)).toEqual([])
    })

    it('falls back where no level has a whole step, minimum or not', () => {
      expect(planned({ original: '0.001', closes: SEED, step: '0.001' })).toEqual([])
    })

    it('rolls forward where the fallback is off', () => {
      // 0.04 is skipped; 0.07 would leave 0.03, which goes with it
      expect(planned({ ...small, config: ALL_SKIPPED })).toEqual(['0', '0.1', '0'])
    })

    it('closes all with the last level where nothing adds up', () => {
      expect(planned({ ...small, minimum: '0.2', config: ALL_SKIPPED })).toEqual(['0', '0', '0.1'])
    })
  })

  it('has no levels where scaled take profit is off, or none is configured', () => {
    expect(planned({ original: '0.1', closes: SEED, config: { enableScaledTakeProfit: false } })).toEqual([])
    expect(planned({ original: '0.1', closes: [] })).toEqual([])
  })

  describe('the minimums of the venue', () => {
    it('apply as well, the larger of the two', () => {
      const instrument = { minQuantity: parseQuantity('0.035') }

      expect(planned({ original: '0.1', closes: SEED, instrument })).toEqual(['0.04', '0', '0.06'])
      expect(planned({ original: '0.1', closes: SEED, instrument, minimum: '0.05' })).toEqual([])
      expect(planned({ original: '0.1', closes: SEED, instrument, minimum: '0.01' })).toEqual(['0.04', '0', '0.06'])
    })

    it('apply in quote, at the price of the level', () => {
      // 0.04 · 51 000 = 2040; 0.03 · 52 000 = 1560; 0.03 · 53 000 = 1590
      expect(planned({ original: '0.1', closes: SEED, instrument: { minNotional: parseMoney('1600') } })).toEqual([
        '0.04',
        '0',
        '0.06',
      ])
      expect(planned({ original: '0.1', closes: SEED, instrument: { minNotional: parseMoney('1560') } })).toEqual([
        '0.04',
        '0.03',
        '0.03',
      ])
    })
  })

  it('keeps what was configured beside what it plans', () => {
    const level = { profitPercent: parsePercent('3'), closePercent: parsePercent('100'), price: parsePrice('51500') }
    const rules = {
      config: { ...PLAIN_CONFIG, enableScaledTakeProfit: true },
      instrument: unknownInstrument('BTCUSDT'),
    }

    expect(planLevels(parseQuantity('0.1'), [level], rules)).toEqual([
      { ...level, quantity: parseQuantity('0.1'), filled: 0n, hitTime: null },
    ])
  })
})

function trancheWith(levels: readonly LevelText[], side: Side = 'LONG'): Tranche {
  const tranche = aBook([{ id: 'T1', price: '50000', quantity: '0.1', side, levels }]).groups[side].tranches[0]
  if (tranche === undefined) throw new Error('no tranche')
  return tranche
}

const LEVELS = [levelText('3', '51500', '0.04'), levelText('5', '52500', '0.03'), levelText('8', '54000', '0.03')]

function counted(
  tranche: Tranche,
  fill: { quantity: string; price: string; level?: number; step?: string },
): readonly string[] {
  const instrument = { ...unknownInstrument('BTCUSDT'), stepSize: parseQuantity(fill.step ?? '0') }
  const evidence = { quantity: parseQuantity(fill.quantity), price: parsePrice(fill.price), level: fill.level ?? null }
  return countTowardLevels(tranche, evidence, instrument).map(
    ({ level, quantity, isHit }) => `${level}: ${formatQuantity(quantity)}${isHit ? ' hit' : ''}`,
  )
}

describe('countTowardLevels', () => {
  it.each<[name: string, fill: Parameters<typeof counted>[1], wanted: readonly string[]]>([
    [
      'the order of a level fills that level, whatever the price',
      { quantity: '0.03', price: '50500', level: 2 },
      ['2: 0.03 hit'],
    ],
    ['in part', { quantity: '0.01', price: '52500', level: 2 }, ['2: 0.01']],
    ['and no other', { quantity: '0.09', price: '54000', level: 2 }, ['2: 0.03 hit']],
    [
      'without an order the price tells, lowest first',
      { quantity: '0.05', price: '52500' },
      ['1: 0.04 hit', '2: 0.01'],
    ],
    ['at the price of a level', { quantity: '0.04', price: '51500' }, ['1: 0.04 hit']],
    ['a price below every level fills none', { quantity: '0.1', price: '51499.99' }, []],
    ['all of them', { quantity: '0.1', price: '60000' }, ['1: 0.04 hit', '2: 0.03 hit', '3: 0.03 hit']],
    ['no more than they owe', { quantity: '0.5', price: '60000' }, ['1: 0.04 hit', '2: 0.03 hit', '3: 0.03 hit']],
    // known failure 4: less than a step is left of the level, so it counts as taken
    [
      'within one step counts as hit',
      { quantity: '0.0395', price: '51500', level: 1, step: '0.001' },
      ['1: 0.0395 hit'],
    ],
    ['one step short does not', { quantity: '0.039', price: '51500', level: 1, step: '0.001' }, ['1: 0.039']],
    ['a level that is not there', { quantity: '0.04', price: '51500', level: 4 }, []],
  ])('%s', (_name, fill, wanted) => {
    expect(counted(trancheWith(LEVELS), fill)).toEqual(wanted)
  })

  it('counts what was filled before', () => {
    const half = trancheWith([{ ...LEVELS[0]!, filled: '0.03' }, LEVELS[1]!])

    expect(counted(half, { quantity: '0.02', price: '60000' })).toEqual(['1: 0.01 hit', '2: 0.01'])
    expect(half.levels.map(owes)).toEqual([true, true])
  })

  it('passes over levels that are skipped or full', () => {
    const tranche = trancheWith([{ ...LEVELS[0]!, quantity: '0' }, { ...LEVELS[1]!, filled: '0.03' }, LEVELS[2]!])

    expect(tranche.levels.map(owes)).toEqual([false, false, true])
    expect(counted(tranche, { quantity: '0.03', price: '60000' })).toEqual(['3: 0.03 hit'])
    expect(counted(tranche, { quantity: '0.03', price: '60000', level: 1 })).toEqual([])
  })

  it('is mirrored for SHORT', () => {
    const short = trancheWith([levelText('3', '48500', '0.04'), levelText('5', '47500', '0.06')], 'SHORT')

    expect(counted(short, { quantity: '0.05', price: '48500' })).toEqual(['1: 0.04 hit'])
    expect(counted(short, { quantity: '0.05', price: '47500' })).toEqual(['1: 0.04 hit', '2: 0.01'])
  })
})

describe('a closing part that is used up', () => {
  it('counts for no further level', () => {
    expect(counted(trancheWith(LEVELS), { quantity: '0.04', price: '60000' })).toEqual(['1: 0.04 hit'])
  })
})

describe('levelsReached', () => {
  it('are all that a mark gapped over, ascending', () => {
    expect(levelsReached(trancheWith(LEVELS), parsePrice('51499.9'))).toEqual([])
    expect(levelsReached(trancheWith(LEVELS), parsePrice('51500'))).toEqual([1])
    expect(levelsReached(trancheWith(LEVELS), parsePrice('53000'))).toEqual([1, 2])
    expect(levelsReached(trancheWith(LEVELS), parsePrice('99000'))).toEqual([1, 2, 3])
  })

  it('are not those that were hit before, nor those that were skipped', () => {
    const tranche = trancheWith([{ ...LEVELS[0]!, hitTime: 5 }, { ...LEVELS[1]!, quantity: '0' }, LEVELS[2]!])

    expect(levelsReached(tranche, parsePrice('99000'))).toEqual([3])
  })

  it('are below for SHORT', () => {
    const short = trancheWith([levelText('3', '48500', '0.04'), levelText('5', '47500', '0.06')], 'SHORT')

    expect(levelsReached(short, parsePrice('48500'))).toEqual([1])
    expect(levelsReached(short, parsePrice('48500.1'))).toEqual([])
  })
})
