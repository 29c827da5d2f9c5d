import { describe, expect, it } from 'vitest'
import { type ProcessStreams, type Terminal, terminalOf } from './terminal.js'

interface Given {
  readonly out?: boolean
  readonly words?: boolean
  readonly columns?: number
  readonly env?: Readonly<Record<string, string>>
}

/** A terminal of a process whose streams are terminals, or are not; and all that was written to either. */
function open({ out = true, words = true, columns = 80, env = {} }: Given): {
  readonly terminal: Terminal
  readonly written: string[]
} {
  const written: string[] = []
  const write = (text: string): boolean => written.push(text) > 0
  const streams = { stdin: [], stdout: { isTTY: out, write }, stderr: { isTTY: words, columns, write }, env }
  return { terminal: terminalOf(streams as unknown as ProcessStreams), written }
}

describe('terminalOf', () => {
  it.each([
    [{}, [true, true, true]],
    [{ out: false }, [true, false, false]],
    [{ words: false }, [false, true, true]],
    [{ env: { NO_COLOR: '1' } }, [true, true, false]],
    [{ env: { TERM: 'dumb' } }, [false, false, false]],
    [{ out: false, env: { FORCE_COLOR: '1' } }, [true, false, false]],
  ])('of %j knows what may be replaced, cleared and coloured', (given: Given, expected) => {
    const { isInteractive, canClear, hasColour } = open(given).terminal
    expect([isInteractive, canClear, hasColour]).toEqual(expected)
  })

  it('cuts what goes on to its line: what wraps could not be replaced', () => {
    const { terminal, written } = open({ columns: 20 })
    terminal.progress('12345 of 99999 events read, 700/s, 2 min left')
    expect(written).toEqual(['\r\u001b[K12345 of 99999 even'])
    terminal.note('read')
    expect(written.slice(1)).toEqual(['\r\u001b[K', 'read\n'])
  })

  it('replaces nothing where words go to a file', () => {
    const { terminal, written } = open({ words: false })
    terminal.progress('12345 events read')
    terminal.note('read')
    expect(written).toEqual(['read\n'])
  })
})
