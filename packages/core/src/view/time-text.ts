const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const SECOND_MS = 1000
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_DAYS = 719_468
/** Days of 400 years, after which the calendar repeats. */
const ERA_DAYS = 146_097

interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

function padded(value: number, digits: number): string {
  return `${value}`.padStart(digits, '0')
}

/** The Gregorian day of a number of days since 1970-01-01. Years are counted from March, so that leap days come last. */
function calendarDayOf(daysSinceEpoch: number): CalendarDay {
  const days = daysSinceEpoch + EPOCH_DAYS
  const era = Math.floor(days / ERA_DAYS)
  const dayOfEra = days - era * ERA_DAYS
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / (ERA_DAYS - 1))
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return { year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day }
}

/** UTC day of epoch ms, `2024-04-24`. Years before 0 and after 9999 have a sign and six digits, as ISO 8601 writes them. */
export function formatDay(time: number): string {
  const { year, month, day } = calendarDayOf(Math.floor(time / DAY_MS))
  const isLong = year < 0 || year > 9999
  const yearText = isLong ? `${year < 0 ? '-' : '+'}${padded(Math.abs(year), 6)}` : padded(year, 4)
  return `${yearText}-${padded(month, 2)}-${padded(day, 2)}`
}

/** UTC time of day of epoch ms, `23:06:40`. */
export function formatClock(time: number): string {
  const ofDay = time - Math.floor(time / DAY_MS) * DAY_MS
  const [hours, minutes, seconds] = [
    Math.floor(ofDay / HOUR_MS),
    Math.floor((ofDay % HOUR_MS) / MINUTE_MS),
    Math.floor((ofDay % MINUTE_MS) / SECOND_MS),
  ]
  return `${padded(hours, 2)}:${padded(minutes, 2)}:${padded(seconds, 2)}`
}

/** Epoch ms as ISO 8601 in UTC with milliseconds, `2024-04-24T23:06:40.000Z`; exact, whatever the machine's clock or zone. */
export function formatTime(time: number): string {
  const whole = Math.floor(time)
  const ms = whole - Math.floor(whole / SECOND_MS) * SECOND_MS
  return `${formatDay(whole)}T${formatClock(whole)}.${padded(ms, 3)}Z`
}

/** A length of time in the two largest units that say something: `3.2 s`, `4 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `−${formatDuration(-ms)}`
  if (ms < SECOND_MS) return `${ms} ms`
  if (ms < MINUTE_MS) return `${Math.floor(ms / 100) / 10} s`
  const [unit, smaller, name, smallerName] =
    ms < HOUR_MS
      ? [MINUTE_MS, SECOND_MS, 'min', 's']
      : ms < DAY_MS
        ? [HOUR_MS, MINUTE_MS, 'h', 'min']
        : [DAY_MS, HOUR_MS, 'd', 'h']
  const rest = Math.floor((ms % unit) / smaller)
  return `${Math.floor(ms / unit)} ${name}${rest === 0 ? '' : ` ${rest} ${smallerName}`}`
}
