import type { PositionMode } from '@tranchebook/core'
import type { ImportFormat } from './parse-choice.js'

/** What `tranchebook import` was asked. */
export interface ImportOptions {
  readonly format: ImportFormat | 'auto'
  readonly account: string
  readonly symbol?: string
  readonly positionMode?: PositionMode
  readonly output?: string
}

/** Names what the command line has already checked. */
export function parseImportOptions(options: Readonly<Record<string, unknown>>): ImportOptions {
  return options as unknown as ImportOptions
}
