/** Facts of one line of the log: plain, without secrets. */
export type LogFacts = Readonly<Record<string, unknown>>

/** A structured log; a pino logger fits as it is. */
export interface Logger {
  debug(facts: LogFacts, message: string): void
  info(facts: LogFacts, message: string): void
  warn(facts: LogFacts, message: string): void
  error(facts: LogFacts, message: string): void
}

function say(): void {
  // Nobody listens.
}

/** Says nothing. */
export const silentLogger: Logger = { debug: say, info: say, warn: say, error: say }

/** What an error says, for a line of the log. */
export function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
