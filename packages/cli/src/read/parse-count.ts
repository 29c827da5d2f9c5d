import { InvalidArgumentError } from 'commander'

/** A count of at least 0. @throws {InvalidArgumentError} */
export function parseCount(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(count)) return count
  throw new InvalidArgumentError(`expected a whole number of at least 0; got ${text}`)
}
