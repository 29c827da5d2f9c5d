import type { Dialect } from '@tranchebook/simulator'

/** What `tranchebook venue serve` was asked. */
export interface ServeRequest {
  readonly dialect: Dialect
  /** Path of an `exchangeInfo` answer. */
  readonly market?: string
  readonly port?: number
  readonly seed?: number
  readonly json?: boolean
}

/** Names what the command line has already checked. */
export function parseServeOptions(options: Readonly<Record<string, unknown>>): ServeRequest {
  return options as unknown as ServeRequest
}
