import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import { type Arrival, createArrivalWindow } from './arrival-window.js'
import type { Input } from './inputs.js'
import { parseInput } from './parse-input.js'

function fillAt(time: number, id: number): Input {
  const body = { side: 'BUY', positionSide: 'LONG', quantity: '1', price: '1' }
  return parseInput(
    { type: 'fill', time, symbol: 'BTCUSDT', tradeId: String(id), ...body },
    { account: 'main', positionMode: 'HEDGE', sequence: id },
  )
}

function pass(inputs: readonly Input[], windowMs: number): readonly Arrival[] {
  const window = createArrivalWindow(windowMs)
  return [...inputs.flatMap((input) => window.push(input)), ...window.flush()]
}

const scene = fc.record({
  steps: fc.array(fc.nat(100), { maxLength: 30 }),
  delays: fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 }),
  windowMs: fc.integer({ min: 1, max: 500 }),
})

/** Fills in the order of the venue; ids rise with time. */
function fillsOf(steps: readonly number[]): readonly Input[] {
  let time = 1_000_000
  return steps.map((step, index) => {
    time += step
    return fillAt(time, index + 1)
  })
}

/** The same as they come: each delayed by its share of the longest delay. */
function delayed(fills: readonly Input[], delays: readonly number[], longestMs: number): readonly Input[] {
  return fills
    .map((fill, index) => ({ fill, at: fill.time + ((delays[index] ?? 0) * longestMs) / 1000 }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ fill }) => fill)
}

describe('an arrival window', () => {
  it('loses nothing and doubles nothing', () => {
    fc.assert(
      fc.property(scene, ({ steps, delays, windowMs }) => {
        const fills = fillsOf(steps)
        const ids = pass(delayed(fills, delays, 5 * windowMs), windowMs).map(({ input }) => input.id)
        expect(ids.toSorted()).toEqual(fills.map(({ id }) => id).toSorted())
      }),
      LAW,
    )
  })

  it('gives what is shuffled by less than itself in the order of the venue, none of it late', () => {
    fc.assert(
      fc.property(scene, ({ steps, delays, windowMs }) => {
        const fills = fillsOf(steps)
        const arrivals = pass(delayed(fills, delays, windowMs - 0.5), windowMs)
        expect(arrivals).toEqual(fills.map((input) => ({ input, isLate: false })))
      }),
      LAW,
    )
  })

  it('marks exactly those late whose time something later has passed', () => {
    fc.assert(
      fc.property(scene, ({ steps, delays, windowMs }) => {
        const arrivals = pass(delayed(fillsOf(steps), delays, 5 * windowMs), windowMs)
        let newest = 0
        for (const { input, isLate } of arrivals) {
          expect(isLate).toBe(input.time < newest)
          newest = Math.max(newest, input.time)
        }
      }),
      LAW,
    )
  })

  it('of 0 ms gives everything as it came', () => {
    fc.assert(
      fc.property(scene, ({ steps, delays }) => {
        const came = delayed(fillsOf(steps), delays, 500)
        expect(pass(came, 0).map(({ input }) => input)).toEqual(came)
      }),
      LAW,
    )
  })
})
