import { type Input, InputError, parseInput, type PositionMode } from '@tranchebook/core'
import type { LineReader } from './recording.js'

/** What lines take that leave something out. */
export interface InputReading {
  readonly account: string
  /** `null` = the lines show it. */
  readonly positionMode: PositionMode | null
}

/** Reads input lines. */
export function createInputReader({ account, positionMode }: InputReading): LineReader {
  const inputs: Input[] = []
  const lines: number[] = []
  return {
    take(value, line) {
      try {
        inputs.push(parseInput(value, { account, positionMode, sequence: line }))
        lines.push(line)
        return null
      } catch (error) {
        if (error instanceof InputError) return error.message
        throw error
      }
    },
    finish: () => ({ type: 'inputs', inputs, lines }),
  }
}
