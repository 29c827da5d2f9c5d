import { InvalidArgumentError } from 'commander'

/** A time as epoch ms, from ms or from text such as `2025-10-10` or `2025-10-10T18:00Z`, UTC where it does not say. @throws {InvalidArgumentError} */
export function parseMoment(text: string): number {
  const isZoned = /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text)
  const time = /^\d{10,}$/.test(text) ? Number(text) : Date.parse(isZoned || !text.includes('T') ? text : `${text}Z`)
  if (Number.isSafeInteger(time)) return time
  throw new InvalidArgumentError(`expected a time such as 2025-10-10T18:00Z or Unix milliseconds; got ${text}`)
}
