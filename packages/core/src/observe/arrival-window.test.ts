import { describe, expect, it } from 'vitest'
import type { Input } from './inputs.js'
import { type Arrival, createArrivalWindow } from './arrival-window.js'
import { parseInput } from './parse-input.js'

let lines = 0

function fill(time: number, tradeId: string): Input {
  lines += 1
  const body = { side: 'BUY', positionSide: 'LONG', quantity: '1', price: '1' }
  return parseInput(
    { type: 'fill', time, symbol: 'BTCUSDT', tradeId, ...body },
    { account: 'main', positionMode: 'HEDGE', sequence: lines },
  )
}

function tick(time: number): Input {
  return { type: 'tick', id: `tick:${time}`, time, account: 'main', symbol: 'BTCUSDT' }
}

/** `fill:2`, `fill:1 late`. */
function shown(arrivals: readonly Arrival[]): readonly string[] {
  return arrivals.map(({ input, isLate }) => `${input.id}${isLate ? ' late' : ''}`)
}

describe('an arrival window', () => {
  it('gives fills by time, then by trade id as a number, once their turn has come', () => {
    const window = createArrivalWindow(250)

    expect(shown(window.push(fill(1000, '10')))).toEqual([])
    expect(shown(window.push(fill(1000, '9')))).toEqual([])
    expect(shown(window.push(fill(900, '11')))).toEqual([])
    expect(shown(window.push(tick(1249)))).toEqual(['fill:11'])
    expect(shown(window.push(tick(1250)))).toEqual(['fill:9', 'fill:10'])
    expect(shown(window.flush())).toEqual(['tick:1249', 'tick:1250'])
  })

  it('compares ids beyond 2^53 exactly, and ids that are no numbers as text', () => {
    const window = createArrivalWindow(250)
    for (const id of ['9007199254740993', '9007199254740992', 'b', 'a']) window.push(fill(1000, id))

    expect(shown(window.flush())).toEqual(['fill:9007199254740992', 'fill:9007199254740993', 'fill:a', 'fill:b'])
  })

  it('gives a fill before whatever else came at its time; the rest stays as it came', () => {
    const window = createArrivalWindow(250)
    const review: Input = { ...tick(1000), type: 'review', id: 'review' }
    for (const input of [review, tick(1000), fill(1000, '1')]) window.push(input)

    expect(shown(window.flush())).toEqual(['fill:1', 'review', 'tick:1000'])
  })

  it('marks a fill that comes after its turn as late, and gives it at once', () => {
    const window = createArrivalWindow(250)
    window.push(fill(1000, '1'))
    expect(shown(window.push(tick(2000)))).toEqual(['fill:1'])
    expect(shown(window.push(fill(999, '0')))).toEqual(['fill:0 late'])
    expect(shown(window.push(fill(1000, '2')))).toEqual(['fill:2'])
    expect(shown(window.push(tick(900)))).toEqual(['tick:900'])
    // what came late does not turn the clock back
    expect(shown(window.push(fill(999, '3')))).toEqual(['fill:3 late'])
  })

  it('gives what came from up to a time when something else must know of it', () => {
    const window = createArrivalWindow(250)
    for (const input of [fill(1002, '3'), fill(1000, '1'), fill(1001, '2')]) window.push(input)

    expect(shown(window.passTo(999))).toEqual([])
    expect(shown(window.passTo(1001))).toEqual(['fill:1', 'fill:2'])
    expect(shown(window.push(fill(1000, '0')))).toEqual([])
    expect(shown(window.flush())).toEqual(['fill:0 late', 'fill:3'])
  })

  it('of 0 ms lets everything pass as it comes', () => {
    const window = createArrivalWindow(0)

    expect(shown(window.push(fill(1000, '2')))).toEqual(['fill:2'])
    expect(shown(window.push(fill(1000, '1')))).toEqual(['fill:1'])
    expect(shown(window.push(fill(999, '3')))).toEqual(['fill:3 late'])
    expect(shown(window.flush())).toEqual([])
  })
})
