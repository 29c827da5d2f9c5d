import { InputError, larger, parsePrice, type Price, smaller } from '@tranchebook/core'
import type { Bar } from '@tranchebook/simulator'

const COLUMNS = ['openTime', 'open', 'high', 'low', 'close'] as const
const MINUTE_MS = 60_000

function malformed(line: number, came: string): InputError {
  return new InputError(
    'input.malformed',
    `line ${line}: expected a bar with ${COLUMNS.join(', ')}, the time in ms and prices as plain decimals; got ${came}`,
  )
}

function placesOf(header: string): readonly number[] {
  const names = header.split(',')
  const places = COLUMNS.map((name) => names.indexOf(name))
  if (places.includes(-1)) throw malformed(1, `the header ${header.slice(0, 80)}`)
  return places
}

type BareBar = Omit<Bar, 'symbol' | 'durationMs'>

/** None where one of them is no price. */
function pricesOf(texts: readonly string[]): readonly Price[] {
  try {
    return texts.map(parsePrice)
  } catch (error) {
    if (error instanceof InputError) return []
    throw error
  }
}

function barOf(text: string, places: readonly number[], line: number): BareBar {
  const cells = text.split(',')
  const [time = '', ...prices] = places.map((place) => cells[place] ?? '')
  const openTime = Number(time)
  const [open, high, low, close] = pricesOf(prices)
  const isWhole = open !== undefined && high !== undefined && low !== undefined && close !== undefined
  if (time === '' || !Number.isSafeInteger(openTime) || !isWhole) throw malformed(line, text.slice(0, 80))
  if (high < larger(larger(open, close), low) || low > smaller(open, close))
    throw malformed(line, `a high or a low that its other prices lie beyond: ${text.slice(0, 80)}`)
  return { openTime, open, high, low, close }
}

/** The shortest distance between two bars: recordings have gaps, and bars do not overlap. */
function durationOf(bars: readonly BareBar[]): number {
  let shortest = Infinity
  for (let index = 1; index < bars.length; index += 1)
    shortest = Math.min(shortest, (bars[index]?.openTime ?? 0) - (bars[index - 1]?.openTime ?? 0))
  return Number.isFinite(shortest) && shortest > 0 ? shortest : MINUTE_MS
}

/**
 * Reads bars of one symbol from comma-separated values with a header, oldest first.
 *
 * @throws {InputError} `input.malformed`
 */
export function parseBars(text: string, symbol: string): readonly Bar[] {
  const [header = '', ...lines] = text.split('\n')
  const places = placesOf(header.trimEnd())
  const bare: BareBar[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const bar = barOf(line.trimEnd(), places, index + 2)
    if (bar.openTime <= (bare.at(-1)?.openTime ?? -1)) throw malformed(index + 2, 'one that is not later than the last')
    bare.push(bar)
  }
  const durationMs = durationOf(bare)
  return bare.map((bar) => ({ ...bar, symbol, durationMs }))
}
