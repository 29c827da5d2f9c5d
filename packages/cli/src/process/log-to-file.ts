import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import type { Logger } from '@tranchebook/manager'
import { logLines } from './log-lines.js'

/** A log in a file. */
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
  let isOpen = true
  const logger = logLines((line) => {
    if (isOpen) writeSync(file, line)
  })
  return {
    logger,
    close: () => {
      isOpen = false
      closeSync(file)
    },
  }
}
