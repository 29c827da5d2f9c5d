import type { InputLine } from './input-line.js'

/** Writes inputs as lines of an input file, in the order given: what `tranchebook replay` opens. */
export function toInputLines(inputs: readonly InputLine[]): string[] {
  return inputs.map((input) => JSON.stringify(input))
}
