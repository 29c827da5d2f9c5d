import type { PositionMode } from '@tranchebook/core'
import { InvalidArgumentError } from 'commander'

/** Formats that can be imported. */
export const FORMATS = ['binance-trades', 'user-trades', 'copytrade'] as const
export type ImportFormat = (typeof FORMATS)[number]

function choose<Choice extends string>(text: string, choices: readonly Choice[]): Choice {
  const chosen = choices.find((choice) => choice.toLowerCase() === text.toLowerCase())
  if (chosen !== undefined) return chosen
  throw new InvalidArgumentError(`expected one of ${choices.join(', ')}; got ${text}`)
}

/** @throws {InvalidArgumentError} */
export function parseFormat(text: string): ImportFormat | 'auto' {
  return choose(text, ['auto', ...FORMATS])
}

/** Any case, dashes for underscores. @throws {InvalidArgumentError} */
export function parseMode(text: string): PositionMode {
  return choose(text.replaceAll('-', '_'), ['HEDGE', 'ONE_WAY'])
}
