import { parseConfig, parseInput } from '@tranchebook/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  configs,
  fillFeeds,
  fundings,
  histories,
  instrumentOf,
  instruments,
  lawParameters,
  marks,
  positionReports,
  shuffledFar,
  shuffledWithin,
  toInputLines,
  withDuplicates,
} from '../src/index.js'

const sample = <Value>(arbitrary: fc.Arbitrary<Value>): readonly Value[] =>
  fc.sample(arbitrary, { seed: 1, numRuns: 300 })
const defaults = { account: 'main', positionMode: null, sequence: 1 }
const market = sample(instruments())[0]!

describe('arbitraries', () => {
  it('write input lines that the core reads, in order of time, ids ascending', () => {
    const law = fc.property(histories(), ({ inputs }) => {
      for (const line of toInputLines(inputs)) expect(() => parseInput(JSON.parse(line), defaults)).not.toThrow()
      const times = inputs.map(({ time }) => time)
      expect(times).toEqual(times.toSorted((left, right) => left - right))
      const trades = inputs.flatMap((line) => (line.type === 'fill' ? [Number(line.tradeId)] : []))
      expect(new Set(trades).size).toBe(trades.length)
      expect(trades).toEqual(trades.toSorted((left, right) => left - right))
    })
    fc.assert(law, lawParameters())
  })

  it('make valid configurations of every closing rule, ladder and mode', () => {
    const drawn = sample(configs())
    for (const config of drawn) expect(() => parseConfig(config)).not.toThrow()
    const values = (name: string): number => new Set(drawn.map(({ defaults: own }) => own[name])).size
    expect([values('closingStrategy'), values('stopLadder'), values('entryMode')]).toEqual([7, 7, 2])
    expect(new Set(drawn.map(({ positionMode }) => positionMode))).toEqual(new Set(['HEDGE', 'ONE_WAY']))
  })

  it('make fills of every kind: partial fills of one order, flips, liquidations, unknown fees, equal times', () => {
    const feeds = sample(fillFeeds())
    const fills = feeds.flat()
    const isPartial = feeds.some((feed) => new Set(feed.map(({ orderId }) => orderId)).size < feed.length)
    const isSimultaneous = feeds.some((feed) => new Set(feed.map(({ time }) => time)).size < feed.length)
    expect([isPartial, isSimultaneous]).toEqual([true, true])
    expect(fills.some(({ fee }) => fee === undefined)).toBe(true)
    expect(fills.some(({ feeAsset }) => feeAsset === 'BNB')).toBe(true)
    expect(fills.some(({ clientOrderId }) => clientOrderId?.startsWith('autoclose-') === true)).toBe(true)
  })

  it('make marks, funding and position reports', () => {
    expect(sample(marks(market)).every((walk) => walk.every(({ price }) => Number(price) > 0))).toBe(true)
    expect(
      sample(fundings(market))
        .flat()
        .some(({ type }) => type === 'funding'),
    ).toBe(true)
    expect(
      sample(positionReports(market, 'ONE_WAY'))
        .flat()
        .some((line) => line.type === 'position' && Number(line.quantity) < 0),
    ).toBe(true)
    expect(instrumentOf(market).symbol).toBe(market.symbol)
  })

  it('disturb a feed without losing anything', () => {
    const cases = fillFeeds().chain((feed) =>
      fc.record({
        feed: fc.constant(feed),
        near: shuffledWithin(feed, 250),
        far: shuffledFar(feed),
        again: withDuplicates(feed),
      }),
    )
    const law = fc.property(cases, ({ feed, near, far, again }) => {
      const ids = (lines: readonly object[]): readonly string[] => lines.map((line) => JSON.stringify(line)).toSorted()
      expect(ids(near)).toEqual(ids(feed))
      expect(ids(far)).toEqual(ids(feed))
      expect([...new Set(ids(again))]).toEqual(ids(feed))
      expect(again.length).toBeGreaterThan(feed.length)
      let newest = 0
      for (const { time } of near) {
        expect(newest - time).toBeLessThan(250)
        newest = Math.max(newest, time)
      }
    })
    fc.assert(law, lawParameters())
  })
})
