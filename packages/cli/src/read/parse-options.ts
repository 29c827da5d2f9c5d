/** How recorded inputs shall be decided: what all commands that read them share. */
export interface RunRequest {
  /** Path of the configuration; absent = all defaults. */
  readonly config?: string
  readonly closing?: string
  /** Inputs (of a log: events) to take. */
  readonly until?: number
  readonly instruments?: string
}

/** What `tranchebook replay` was asked. */
export interface ReplayRequest extends RunRequest {
  readonly strict?: boolean
  readonly json?: boolean
}

/** What `tranchebook explain` was asked. */
export interface ExplainRequest extends RunRequest {
  readonly symbol?: string
  readonly account?: string
  readonly json?: boolean
}

/** What `tranchebook what-if` was asked. */
export interface WhatIfRequest {
  readonly config?: string
  readonly against: string
  readonly instruments?: string
  readonly json?: boolean
}

type Options = Readonly<Record<string, unknown>>

/** Names what the command line has already checked. */
export function parseReplayOptions(options: Options): ReplayRequest {
  return options
}

/** Names what the command line has already checked. */
export function parseExplainOptions(options: Options): ExplainRequest {
  return options
}

/** Names what the command line has already checked. */
export function parseWhatIfOptions(options: Options): WhatIfRequest {
  return options as unknown as WhatIfRequest
}
