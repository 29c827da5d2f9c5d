import { once } from 'node:events'
import process from 'node:process'
import { visibleText } from './format/visible-text.js'

/** Where a command reads from and speaks to. Data goes out, words are noted. */
export interface Terminal {
  readonly input: AsyncIterable<Uint8Array>
  /** Prints data on stdout, exactly as given; resolves when more may follow. */
  print(text: string): Promise<void>
  /** Says a line to the person, on stderr; control characters in it are shown, not obeyed. */
  note(line: string): void
  /** Shows what is going on in place of what it showed before; an empty text clears it. Shows nothing off a terminal. */
  progress(text: string): void
  /** Whether words go to a terminal, where what was shown can be replaced. */
  readonly isInteractive: boolean
  /** Whether data goes to a terminal, where what was printed can be cleared away. */
  readonly canClear: boolean
  /** Whether data may be coloured. */
  readonly hasColour: boolean
}

/** Streams and environment of a process, as far as a command needs them. */
export interface ProcessStreams {
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly env: Readonly<Record<string, string | undefined>>
}

const CLEAR_LINE = '\r\u001b[K'

/**
 * The terminal of a process. Colour only where stdout is one and NO_COLOR is unset or empty; one whose TERM is `dumb` is sent nothing to
 * obey. What goes on is cut to one line of it, which alone can be replaced.
 */
export function terminalOf({ stdin, stdout, stderr, env }: ProcessStreams = process): Terminal {
  const isDumb = env['TERM'] === 'dumb'
  const isInteractive = stderr.isTTY && !isDumb
  const canClear = stdout.isTTY && !isDumb
  let isShowing = false
  function progress(text: string): void {
    if (!isInteractive || (text === '' && !isShowing)) return
    const room = stderr.columns > 0 ? stderr.columns - 1 : Infinity
    stderr.write(`${CLEAR_LINE}${Array.from(visibleText(text)).slice(0, room).join('')}`)
    isShowing = text !== ''
  }
  return {
    input: stdin,
    async print(text) {
      progress('')
      if (!stdout.write(text)) await once(stdout, 'drain')
    },
    note(line) {
      progress('')
      stderr.write(`${visibleText(line)}\n`)
    },
    progress,
    isInteractive,
    canClear,
    hasColour: canClear && (env['NO_COLOR'] ?? '') === '',
  }
}
