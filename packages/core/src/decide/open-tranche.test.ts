import { describe, expect, it } from 'vitest'
import {
  aLife,
  asks,
  buys,
  eventsOf,
  type Life,
  type LifeChanges,
  marks,
  openOf,
  sells,
  shorts,
  theOne,
  trancheIn,
} from '../../test/builders/life-builder.js'
import { averagePrice } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { formatPrice } from '../money/price.js'

function averaging(changes: LifeChanges['config'] = {}): Life {
  return aLife({
    config: {
      entryMode: 'AVERAGE_UNTIL_UNDERWATER',
      tpPercent: parsePercent('1'),
      slPercent: parsePercent('50'),
      ...changes,
    },
  })
}

function targetsOf(life: Life, id: string): string {
  const { takeProfitPrice, stopPrice, cost, quantity } = trancheIn(life, id)
  const text = (price: typeof stopPrice): string => (price === null ? 'none' : formatPrice(price))
  return `${formatPrice(averagePrice(cost, quantity, 'nearest'))} tp ${text(takeProfitPrice)} sl ${text(stopPrice)}`
}

describe('averaging', () => {
  it('joins until the group is underwater, then opens', () => {
    // acceptance 9: (4500 + 2227.5) ÷ 0.15 = 44 850; −5.69 % at 42 300
    const life = averaging()
    life.tellAll([buys('0.1', '45000'), buys('0.05', '44550'), buys('0.08', '42300')])

    expect(openOf(life)).toBe('T1 0.15, T2 0.08')
    expect(targetsOf(life, 'T1')).toBe('44850 tp 45298.5 sl 22425')
    expect(targetsOf(life, 'T2')).toBe('42300 tp 42723 sl 21150')
  })

  it.each([
    ['42750', 'T1 0.1, T2 0.1'],
    ['42750.01', 'T1 0.2'],
  ])('at %s, where −5 %% is the bound included: %s', (price, open) => {
    const life = averaging()
    life.tellAll([buys('0.1', '45000'), buys('0.1', price)])

    expect(openOf(life)).toBe(open)
  })

  it('is mirrored for SHORT', () => {
    const life = averaging()
    life.tellAll([shorts('0.1', '45000'), shorts('0.1', '47249.99'), shorts('0.1', '49000')])

    // 47 249.99 is +4.99 %; the average is then 46 124.995, and 49 000 is 6.2 % beyond
    expect(openOf(life, 'SHORT')).toBe('T1 0.2, T2 0.1')
  })

  it('judges the aggregate of the group, not the newest tranche', () => {
    const life = averaging()
    life.tellAll([buys('0.1', '50000'), buys('0.1', '40000'), buys('0.1', '42500')])

    // the group averages 45 000: 42 500 is −5.56 %, though T2 alone is at +6.25 %
    expect(openOf(life)).toBe('T1 0.1, T2 0.1, T3 0.1')
  })

  it('joins the newest tranche that is not isolated', () => {
    const life = averaging()
    life.tellAll([
      buys('0.1', '45000'),
      buys('0.1', '42000'),
      asks('isolateTranche', { tranche: 'T2' }),
      buys('0.1', '44000'),
    ])

    // the group averages 43 500
    expect(openOf(life)).toBe('T1 0.2, T2 0.1')
  })

  it('opens where all are isolated', () => {
    const life = averaging()
    life.tellAll([buys('0.1', '45000'), asks('isolateTranche', { tranche: 'T1' }), buys('0.1', '45000')])

    expect(openOf(life)).toBe('T1 0.1, T2 0.1')
  })

  it('says why', () => {
    const life = averaging()
    life.tellAll([buys('0.1', '45000'), buys('0.1', '44550')])

    expect(theOne(life.events, 'TrancheIncreased').because).toEqual({
      rule: 'entry.AVERAGE_UNTIL_UNDERWATER',
      configured: { entryMode: 'AVERAGE_UNTIL_UNDERWATER', trancheIncrementPercent: '5' },
      observed: { groupPnlPercent: '-1', price: '44550' },
    })
  })
})

describe('joining', () => {
  it('may move the stop away, and says so', () => {
    const life = averaging({ slPercent: parsePercent('2') })
    life.tellAll([buys('0.1', '45000'), buys('0.1', '44000')])

    // 44 500 · 0.98 = 43 610, below 44 100
    expect(targetsOf(life, 'T1')).toBe('44500 tp 44945 sl 43610')
    expect(theOne(life.events, 'TrancheIncreased').reanchored).toBe(true)
  })

  it('leaves a stop that was moved where it is', () => {
    const life = averaging({ slPercent: parsePercent('2'), trailingStopPercent: parsePercent('1') })
    life.tellAll([buys('0.1', '45000'), marks('46000'), buys('0.1', '44000')])

    // 46 000 · 0.99
    expect(targetsOf(life, 'T1')).toBe('44500 tp 44945 sl 45540')
  })

  it('touches no other tranche', () => {
    const life = aLife()
    life.tellAll([buys('0.1', '45000'), buys('0.1', '44000'), buys('0.1', '43000', { tranche: 'T2' })])

    expect(targetsOf(life, 'T1')).toBe('45000 tp 47250 sl 44100')
    expect(targetsOf(life, 'T2')).toBe('43500 tp 45675 sl 42630')
  })

  it('keeps the percentages the tranche was opened with', () => {
    const life = averaging()
    life.tellAll([
      buys('0.1', '45000'),
      asks('configure', { options: { tpPercent: '9', slPercent: '9' } }),
      buys('0.1', '45000'),
    ])

    expect(targetsOf(life, 'T1')).toBe('45000 tp 45450 sl 22500')
  })

  it('plans the levels of what the tranche then is, and keeps what was taken of them', () => {
    const life = averaging({ enableScaledTakeProfit: true, instantTakeProfit: false })
    life.tellAll([buys('0.1', '50000'), sells('0.04', '51500'), buys('0.14', '50000')])

    // 0.2 is now the largest it ever had: 0.08, 0.06, 0.06, of which 0.04 of the first is taken
    const { levels, originalQuantity } = trancheIn(life, 'T1')
    expect(originalQuantity).toBe(200_000_000_000n)
    expect(levels.map(({ quantity, filled }) => [quantity, filled])).toEqual([
      [80_000_000_000n, 40_000_000_000n],
      [60_000_000_000n, 0n],
      [60_000_000_000n, 0n],
    ])
    expect(levels[0]!.hitTime).not.toBeNull()
    expect(eventsOf(life.events, 'TrancheOpened')).toHaveLength(1)
  })
})

describe('average entry', () => {
  it('is cost ÷ quantity: 25 at 50 000 and 35 at 49 500', () => {
    const life = averaging()
    // 0.0005 and 0.000707070707: 60 ÷ 0.001207070707
    life.tellAll([buys('0.0005', '50000'), buys('0.000707070707', '49500')])

    expect(targetsOf(life, 'T1').slice(0, 8)).toBe('49707.11')
  })
})
