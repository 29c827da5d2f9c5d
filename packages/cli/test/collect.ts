import { main } from '../src/main.js'
import type { Terminal } from '../src/terminal.js'

/** What a run of the command line printed, noted and answered. */
export interface Collected {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

async function* once(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof text === 'string' ? new TextEncoder().encode(text) : text
}

/** Runs the command line in this process on a terminal that collects. */
export async function runMain(args: readonly string[], stdin: string | Uint8Array = ''): Promise<Collected> {
  const printed: string[] = []
  const noted: string[] = []
  const terminal: Terminal = {
    input: once(stdin),
    print: (text) => {
      printed.push(text)
      return Promise.resolve()
    },
    note: (line) => noted.push(`${line}\n`),
    progress: () => undefined,
    hasColour: false,
  }
  const exitCode = await main(args, terminal)
  return { exitCode, stdout: printed.join(''), stderr: noted.join('') }
}
