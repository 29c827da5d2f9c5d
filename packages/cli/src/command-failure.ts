import { EXIT, type ExitCode } from './exit-codes.js'

/** What a failure tells: what is wrong; what was expected and what came; what to do. */
export interface FailureLines {
  readonly what: string
  readonly expected: string
  readonly advice: string
}

/** A command that cannot go on, in three lines for people. Nothing has been printed on stdout. */
export class CommandFailure extends Error {
  readonly lines: FailureLines
  /** Findings that belong between the first line and the second, one line each. */
  readonly findings: readonly string[]
  readonly exitCode: ExitCode

  constructor(
    lines: FailureLines,
    options: { readonly findings?: readonly string[]; readonly exitCode?: ExitCode; readonly cause?: unknown } = {},
  ) {
    super(lines.what, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'CommandFailure'
    this.lines = lines
    this.findings = options.findings ?? []
    this.exitCode = options.exitCode ?? EXIT.badInput
  }
}
