import { UNKNOWN } from './figure.js'

/** UTC to the second, `2024-04-24 12:26:40`; milliseconds only where there are some. */
export function formatTime(time: number | null): string {
  if (time === null) return UNKNOWN
  const [date = '', clock = ''] = new Date(time).toISOString().replace('Z', '').split('T')
  return `${date} ${clock.replace(/\.000$/, '')}`
}
