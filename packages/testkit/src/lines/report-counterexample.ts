import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MarketTexts } from '../arbitraries/instruments.js'
import type { ConfigFile } from './config-file.js'
import type { InputLine } from './input-line.js'
import { toInputLines } from './to-input-lines.js'

/** A failing case to be kept. */
export interface Counterexample {
  readonly inputs: readonly InputLine[]
  readonly config: ConfigFile
  /** Without it nothing is rounded. */
  readonly market?: MarketTexts
  /** File names begin with it. */
  readonly name?: string
}

/** Where a failing case was written, and how to look at it. */
export interface CounterexampleFiles {
  readonly inputsFile: string
  readonly configFile: string
  /** `null` = no market was given. */
  readonly instrumentsFile: string | null
  readonly command: string
}

/** A market's filters as a venue's exchangeInfo answer states them. */
function exchangeInfoOf({ symbol, quoteAsset, tickSize, stepSize, minQuantity, minNotional }: MarketTexts): object {
  const filters = [
    { filterType: 'PRICE_FILTER', tickSize },
    { filterType: 'LOT_SIZE', stepSize, minQty: minQuantity },
    { filterType: 'MIN_NOTIONAL', notional: minNotional },
  ]
  return { symbols: [{ symbol, quoteAsset, status: 'TRADING', filters }] }
}

function writeJson(file: string, value: object): string {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
  return file
}

/** Writes a failing case into a folder: inputs, configuration, and the market where one is given; says the command that replays them. */
export function reportCounterexample(folder: string, counterexample: Counterexample): CounterexampleFiles {
  const name = counterexample.name ?? 'counterexample'
  const inputsFile = join(folder, `${name}.jsonl`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(inputsFile, `${toInputLines(counterexample.inputs).join('\n')}\n`)
  const configFile = writeJson(join(folder, `${name}.config.json`), counterexample.config)
  const { market } = counterexample
  const instrumentsFile =
    market === undefined ? null : writeJson(join(folder, `${name}.instruments.json`), exchangeInfoOf(market))
  const options = instrumentsFile === null ? '' : ` --instruments ${instrumentsFile}`
  const command = `npx tranchebook replay ${inputsFile} --config ${configFile}${options}`
  return { inputsFile, configFile, instrumentsFile, command }
}
