import { InvalidArgumentError } from 'commander'

/** A count of at least 1. @throws {InvalidArgumentError} */
export function parseCountFrom1(text: string): number {
  const count = parseCount(text)
  if (count > 0) return count
  throw new InvalidArgumentError(`expected a whole number of at least 1; got ${text}`)
}

/** A count of at least 0. @throws {InvalidArgumentError} */
export function parseCount(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(count)) return count
  throw new InvalidArgumentError(`expected a whole number of at least 0; got ${text}`)
}
