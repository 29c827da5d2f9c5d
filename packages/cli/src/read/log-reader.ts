import { TranchebookError, upcast } from '@tranchebook/core'
import { createFolder, doesNotFold } from './folder.js'
import { type LogLine, logLineOf } from './log-line.js'
import type { LineReader } from './recording.js'

const ADVICE = 'correct that line, or look at what is before it with --until; other books of the file are shown'

/** Reads an event log: bare events, each book beginning with BookOpened, or log lines that name their stream. */
export function createLogReader(): LineReader {
  const folder = createFolder()
  const versions = new Map<string, number>()
  let current: string | null = null

  function fold(stream: string, { event: raw, version }: LogLine, line: number): void {
    const next = (versions.get(stream) ?? 0) + 1
    versions.set(stream, next)
    const place = { stream, where: `line ${line}`, advice: ADVICE }
    if (version !== null && version !== next) {
      const got = `that of version ${version} instead of ${next}: part of the log is missing or repeated`
      folder.giveUp(stream, doesNotFold(place, got))
      return
    }
    try {
      folder.take({ ...place, event: upcast(raw, { stream, version: next }) })
    } catch (error) {
      if (!(error instanceof TranchebookError)) throw error
      folder.giveUp(stream, doesNotFold(place, error.message, error))
    }
  }

  return {
    take(value, line) {
      const known = logLineOf(value)
      current = known.stream ?? current
      if (current === null) return 'expected the log to begin with BookOpened'
      fold(current, known, line)
      return null
    },
    finish: () => ({ type: 'log', books: folder.books, broken: folder.broken }),
  }
}
