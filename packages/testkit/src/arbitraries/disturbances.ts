import fc from 'fast-check'
import type { InputLine } from '../lines/input-line.js'

/** The same inputs, some of them said again later: what a reconnect does. */
export function withDuplicates(inputs: readonly InputLine[]): fc.Arbitrary<readonly InputLine[]> {
  const repeats = fc.array(fc.record({ index: fc.nat(), after: fc.nat() }), { minLength: 1, maxLength: 10 })
  return repeats.map((picked) => {
    const arrivals = inputs.map((input, index) => ({ input, place: index }))
    const again = picked.flatMap(({ index, after }) => {
      const at = index % Math.max(1, inputs.length)
      const input = inputs[at]
      if (input?.type !== 'fill' && input?.type !== 'funding') return []
      return [{ input, place: at + 0.5 + (after % Math.max(1, inputs.length - at)) }]
    })
    return inArrivalOrder([...arrivals, ...again])
  })
}

/** The same inputs in another order of arrival: no fill is overtaken by one that is `windowMs` or more younger. */
export function shuffledWithin(inputs: readonly InputLine[], windowMs: number): fc.Arbitrary<readonly InputLine[]> {
  return delayed(inputs, fc.nat({ max: Math.max(0, windowMs - 1) }))
}

/** The same inputs with fills that arrive long after younger ones. */
export function shuffledFar(inputs: readonly InputLine[]): fc.Arbitrary<readonly InputLine[]> {
  return delayed(inputs, fc.constantFrom(0, 0, 0, 251, 5000, 90_000, 200_000_000))
}

/** The same inputs, some position reports ahead of the newest fill that they speak of. */
export function reportsAhead(inputs: readonly InputLine[]): fc.Arbitrary<readonly InputLine[]> {
  return fc.array(fc.boolean(), { minLength: inputs.length, maxLength: inputs.length }).map((isAhead) => {
    const arrivals = [...inputs]
    for (const [index, line] of inputs.entries()) {
      const before = arrivals[index - 1]
      if (line.type !== 'position' || before?.type !== 'fill' || isAhead[index] !== true) continue
      arrivals[index - 1] = line
      arrivals[index] = before
    }
    return arrivals
  })
}

/** Fills arrive later than they happened, all else on time. */
function delayed(inputs: readonly InputLine[], delays: fc.Arbitrary<number>): fc.Arbitrary<readonly InputLine[]> {
  return fc.array(delays, { minLength: inputs.length, maxLength: inputs.length }).map((drawn) =>
    inArrivalOrder(
      inputs.map((input, index) => ({
        input,
        place: input.time + (input.type === 'fill' ? (drawn[index] ?? 0) : 0),
      })),
    ),
  )
}

function inArrivalOrder(arrivals: readonly { readonly input: InputLine; readonly place: number }[]): InputLine[] {
  return [...arrivals].sort((left, right) => left.place - right.place).map(({ input }) => input)
}
