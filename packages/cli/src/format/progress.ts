import { performance } from 'node:perf_hooks'
import { formatDuration } from '@tranchebook/core'
import type { Terminal } from '../terminal.js'

/** How far a long work is. */
export interface Progress {
  /** So much more is done. */
  advance(count?: number): void
  /** Takes away what was shown. */
  end(): void
}

/** What is counted, and how much there is of it. */
export interface ProgressOptions {
  /** Such as `events read`. */
  readonly what: string
  /** `null` = nobody knows. */
  readonly total: number | null
  /** Milliseconds of a clock that never goes back. */
  readonly clock?: () => number
}

const ON_TERMINAL_MS = 200
const ELSEWHERE_MS = 60_000
/** Looking at the clock costs more than most of what is counted. */
const STRIDE = 256

interface Count {
  readonly done: number
  readonly total: number | null
  readonly elapsedMs: number
}

function lineOf(what: string, { done, total, elapsedMs }: Count): string {
  const perSecond = elapsedMs === 0 ? 0 : (done / elapsedMs) * 1000
  const rate = `${Math.round(perSecond)}/s`
  if (total === null) return `${done} ${what}, ${rate}`
  const leftMs = perSecond === 0 ? 0 : Math.max(0, total - done) / (perSecond / 1000)
  return `${done} of ${total} ${what}, ${rate}, ${formatDuration(Math.round(leftMs))} left`
}

/** Shows count, rate and time left: in place on a terminal, elsewhere as a line a minute. Short work shows nothing. */
export function startProgress(
  terminal: Terminal,
  { what, total, clock = () => performance.now() }: ProgressOptions,
): Progress {
  const everyMs = terminal.isInteractive ? ON_TERMINAL_MS : ELSEWHERE_MS
  const started = clock()
  let shown = started
  let done = 0
  return {
    advance(count = 1) {
      const before = done
      done += count
      if (Math.floor(before / STRIDE) === Math.floor(done / STRIDE)) return
      const now = clock()
      if (now - shown < everyMs) return
      shown = now
      const line = lineOf(what, { done, total, elapsedMs: now - started })
      if (terminal.isInteractive) terminal.progress(line)
      else terminal.note(line)
    },
    end() {
      terminal.progress('')
    },
  }
}
