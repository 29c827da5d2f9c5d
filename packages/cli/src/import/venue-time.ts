import { RowProblem } from './export-row.js'

const MS_DIGITS = /^\d{12,14}$/
const WRITTEN = /^(\d{2}|\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?$/
const OFFSET = /utc([+-])(\d{1,2})(?::(\d{2}))?$/
const MINUTE_MS = 60_000

/** Minutes east of UTC that a title such as `Date(UTC+8)` states; 0 where it states none. */
export function offsetMinutesOf(column: string): number {
  const [, sign, hours = '0', minutes = '0'] = OFFSET.exec(column) ?? []
  const size = Number(hours) * 60 + Number(minutes)
  return sign === '-' ? -size : size
}

/** Epoch ms of a time as exports write it: digits, or year first with two or four digits. @throws {RowProblem} */
export function readVenueTime(text: string, offsetMinutes: number): number {
  if (MS_DIGITS.test(text)) return Number(text)
  const found = WRITTEN.exec(text)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (found ?? [])
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0))
  const ms = Number((found?.[7] ?? '').padEnd(3, '0'))
  const time = Date.UTC(year < 100 ? 2000 + year : year, month - 1, day, hour, minute, second, ms)
  const isReal =
    new Date(time).getUTCDate() === day && month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60
  if (found !== null && isReal) return time - offsetMinutes * MINUTE_MS
  throw new RowProblem(
    `time: expected epoch milliseconds or a date such as 2024-04-24 12:26:40, got ${JSON.stringify(text)}`,
  )
}
