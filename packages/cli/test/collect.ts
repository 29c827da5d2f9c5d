import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { main } from '../src/main.js'
import type { Terminal } from '../src/terminal.js'

/** What a run of the command line printed, noted and answered. */
export interface Collected {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

function streamOf(given: string | Uint8Array): AsyncIterable<Uint8Array> {
  return Readable.from([typeof given === 'string' ? new TextEncoder().encode(given) : given])
}

/** Runs the command line in this process on a terminal that collects. */
export async function runMain(args: readonly string[], stdin: string | Uint8Array = ''): Promise<Collected> {
  const printed: string[] = []
  const noted: string[] = []
  const terminal: Terminal = {
    input: streamOf(stdin),
    print: (text) => {
      printed.push(text)
      return Promise.resolve()
    },
    note: (text) => noted.push(`${text}\n`),
    progress: () => undefined,
    isInteractive: false,
    canClear: false,
    hasColour: false,
  }
  const exitCode = await main(args, terminal)
  return { exitCode, stdout: printed.join(''), stderr: noted.join('') }
}

/** A value as one line of a file. */
export function line(value: unknown): string {
  return JSON.stringify(value)
}

/** Path of an example that the documentation shows. */
export function example(name: string): string {
  return fileURLToPath(new URL(`../../../examples/inputs/${name}.jsonl`, import.meta.url))
}

/** Writes texts to new files; gives their paths by name. */
export async function writeFiles(texts: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), 'tranchebook-cli-'))
  const paths = Object.entries(texts).map(([name]) => [name, join(folder, name)] as const)
  for (const [name, path] of paths) await writeFile(path, texts[name] ?? '')
  return Object.fromEntries(paths)
}
