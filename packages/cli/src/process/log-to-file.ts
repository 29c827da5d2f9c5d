import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import type { LogFacts, Logger } from '@tranchebook/manager'

/** A log in a file, one JSON object a line. */
export interface LogFile {
  readonly logger: Logger
  close(): void
}

const LARGEST_BYTES = 10_000_000

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Appends to a file; one that has grown large is put aside first, in place of the one before it. */
export function logToFile(path: string): LogFile {
  if (sizeOf(path) > LARGEST_BYTES) renameSync(path, `${path}.old`)
  const file = openSync(path, 'a', 0o600)
  const writer =
    (level: string) =>
    (facts: LogFacts, message: string): void => {
      writeSync(file, `${JSON.stringify({ time: new Date().toISOString(), level, message, ...facts })}\n`)
    }
  const logger = { debug: () => undefined, info: writer('info'), warn: writer('warn'), error: writer('error') }
  return {
    logger,
    close: () => {
      closeSync(file)
    },
  }
}
