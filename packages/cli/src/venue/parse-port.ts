import type { Dialect } from '@tranchebook/simulator'
import { InvalidArgumentError } from 'commander'

/** Whose words are spoken. @throws {InvalidArgumentError} */
export function parseDialect(text: string): Dialect {
  if (text === 'binance' || text === 'aster') return text
  throw new InvalidArgumentError(`expected binance or aster; got ${text}`)
}

const MOST_PORT = 65_535

/** A port of this machine; 0 = any free one. @throws {InvalidArgumentError} */
export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= MOST_PORT) return port
  throw new InvalidArgumentError(`expected a port from 0 to ${MOST_PORT}; got ${text}`)
}
