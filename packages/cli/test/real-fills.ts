import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type BookEvent,
  type ClosingRuleName,
  type Input,
  parseConfig,
  parseInput,
  runInputs,
  type RunResult,
} from '@tranchebook/core'
import { runMain } from './collect.js'

const FOLDER = new URL('../../../../shared/data/fills/', import.meta.url)

/** Path of a file of real fills. */
function realFile(name: string): string {
  return fileURLToPath(new URL(name, FOLDER))
}

/** Whether the real fills are on this machine; says so loudly where they are not. */
export function hasRealFills(): boolean {
  const isThere = existsSync(FOLDER)
  if (!isThere)
    console.warn(`SKIPPED: real fills are not at ${fileURLToPath(FOLDER)}, nothing below was checked against a venue`)
  return isThere
}

/** Imports a file as the command line does, and reads the lines it prints. */
export async function importFills(name: string): Promise<readonly Input[]> {
  const { exitCode, stdout, stderr } = await runMain(['import', realFile(name)])
  if (exitCode !== 0) throw new Error(stderr)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line, index) => parseInput(JSON.parse(line), { account: 'main', positionMode: null, sequence: index + 1 }))
}

/** Runs fills with one closing rule and everything else as it comes. */
export function runFills(inputs: readonly Input[], closingStrategy: ClosingRuleName): RunResult {
  return runInputs(inputs, {
    config: parseConfig({ defaults: { closingStrategy } }),
    positionMode: null,
    instruments: new Map(),
    closingRules: new Map(),
    sending: 'observe',
  })
}

/** Events of one type. */
export function only<Type extends BookEvent['type']>(
  events: readonly BookEvent[],
  type: Type,
): readonly Extract<BookEvent, { readonly type: Type }>[] {
  return events.filter((event): event is Extract<BookEvent, { readonly type: Type }> => event.type === type)
}

/** What the exact replay of the five accounts gives, as the data states it. */
export interface ExpectedAccount {
  readonly account: string
  readonly fills: number
  readonly symbols: number
  readonly sumRealizedPnl: string
  readonly sumCommissionByAsset: Readonly<Record<string, string>>
  readonly reducingFills: number
  readonly averageCostMatches: number
  readonly orphanCloseSeq: readonly number[]
  readonly maxAbsDiff: string
  readonly openAtEnd: Readonly<Record<string, { readonly qty: string; readonly avgEntry: string }>>
}

/** Reads them. */
export function readExpected(name: string): readonly ExpectedAccount[] {
  return (JSON.parse(readFileSync(realFile(name), 'utf8')) as { accounts: readonly ExpectedAccount[] }).accounts
}
