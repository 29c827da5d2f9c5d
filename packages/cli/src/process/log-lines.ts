import type { LogFacts, Logger } from '@tranchebook/manager'

/** A log of one JSON object a line, without what only developers read. */
export function logLines(write: (line: string) => void): Logger {
  const writer =
    (level: string) =>
    (facts: LogFacts, message: string): void => {
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...facts })}\n`)
    }
  return { debug: () => undefined, info: writer('info'), warn: writer('warn'), error: writer('error') }
}
