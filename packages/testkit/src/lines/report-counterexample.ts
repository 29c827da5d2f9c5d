import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfigFile } from './config-file.js'
import type { InputLine } from './input-line.js'
import { toInputLines } from './to-input-lines.js'

/** A failing case to be kept. */
export interface Counterexample {
  readonly inputs: readonly InputLine[]
  readonly config: ConfigFile
  /** File names begin with it. */
  readonly name?: string
}

/** Where a failing case was written, and how to look at it. */
export interface CounterexampleFiles {
  readonly inputsFile: string
  readonly configFile: string
  readonly command: string
}

/** Writes a failing case into a folder as an input file and a configuration file; says the command that replays them. */
export function reportCounterexample(folder: string, counterexample: Counterexample): CounterexampleFiles {
  const name = counterexample.name ?? 'counterexample'
  const inputsFile = join(folder, `${name}.jsonl`)
  const configFile = join(folder, `${name}.config.json`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(inputsFile, `${toInputLines(counterexample.inputs).join('\n')}\n`)
  writeFileSync(configFile, `${JSON.stringify(counterexample.config, null, 2)}\n`)
  return { inputsFile, configFile, command: `tranchebook replay ${inputsFile} --config ${configFile} --json` }
}
