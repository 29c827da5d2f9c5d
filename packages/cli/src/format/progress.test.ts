import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Terminal } from '../terminal.js'
import { startProgress } from './progress.js'

interface Seen {
  readonly terminal: Terminal
  readonly notes: string[]
  readonly shown: string[]
}

function listen(isInteractive: boolean): Seen {
  const notes: string[] = []
  const shown: string[] = []
  const terminal: Terminal = {
    input: Readable.from([]),
    print: () => Promise.resolve(),
    note: (line) => notes.push(line),
    progress: (text) => shown.push(text),
    isInteractive,
    canClear: isInteractive,
    hasColour: false,
  }
  return { terminal, notes, shown }
}

/** 256 things a second: as many as one look at the clock is worth. */
function work(seen: Seen, seconds: number, total: number | null): void {
  let now = 0
  const progress = startProgress(seen.terminal, { what: 'events read', total, clock: () => now })
  for (let second = 0; second < seconds; second += 1) {
    now += 1000
    progress.advance(256)
  }
  progress.end()
}

describe('progress', () => {
  it('on a terminal shows count, rate and time left in place', () => {
    const seen = listen(true)
    work(seen, 2, 1024)
    expect(seen.shown).toEqual([
      '256 of 1024 events read, 256/s, 3 s left',
      '512 of 1024 events read, 256/s, 2 s left',
      '',
    ])
    expect(seen.notes).toEqual([])
  })

  it('elsewhere says a line a minute', () => {
    const seen = listen(false)
    work(seen, 130, null)
    expect(seen.notes).toEqual(['15360 events read, 256/s', '30720 events read, 256/s'])
  })
})
