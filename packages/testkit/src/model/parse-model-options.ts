import type { ConfigFile, OptionsFile } from '../lines/config-file.js'
import type { ModelLevelOption, ModelOptions } from './model-options.js'
import { parseRatio, type Ratio } from '../exact/ratio.js'

/** The defaults of the rules, under the names of a configuration file. */
const DEFAULTS: OptionsFile = {
  entryMode: 'NEW_TRANCHE',
  trancheIncrementPercent: '5',
  whenFull: 'BLOCK',
  maxTranches: 3,
  tpPercent: '5',
  slPercent: '2',
  trancheIsolationThreshold: '5',
  isolationReleasePercent: null,
  closingStrategy: 'LIFO',
  isolatedClosing: null,
  enableScaledTakeProfit: false,
  scaledTpLevels: [
    { profitPercent: '3', closePercent: '40' },
    { profitPercent: '5', closePercent: '30' },
    { profitPercent: '8', closePercent: '30' },
  ],
  scaledTpMinOrderSize: '0',
  scaledTpFallbackToSingle: true,
  stopLadder: 'BREAKEVEN_THEN_PREVIOUS',
  stopLadderPercent: '1',
  breakevenIncludesFees: false,
  takerFeePercent: '0.05',
  trailingStopPercent: null,
  trailingActivationPercent: null,
  driftPolicy: 'ADOPT',
  driftSettleMs: 3000,
  driftTolerancePercent: '1',
}

const number = (value: unknown): Ratio => parseRatio(String(value))
const numberOrOff = (value: unknown): Ratio | null => (value === null ? null : number(value))

function levels(value: unknown): readonly ModelLevelOption[] {
  return (value as readonly OptionsFile[]).map(({ profitPercent, closePercent }) => ({
    profitPercent: number(profitPercent),
    closePercent: number(closePercent),
  }))
}

/** The options of one symbol of a configuration file, defaults of the rules filled in. */
export function parseModelOptions(file: ConfigFile, symbol: string): ModelOptions {
  const own: OptionsFile = { ...DEFAULTS, ...file.defaults, ...file.symbols?.[symbol] }
  return {
    positionMode: file.positionMode,
    entryMode: String(own['entryMode']),
    trancheIncrementPercent: number(own['trancheIncrementPercent']),
    whenFull: String(own['whenFull']),
    maxTranches: Number(own['maxTranches']),
    tpPercent: numberOrOff(own['tpPercent']),
    slPercent: numberOrOff(own['slPercent']),
    trancheIsolationThreshold: number(own['trancheIsolationThreshold']),
    isolationReleasePercent: numberOrOff(own['isolationReleasePercent']),
    closingStrategy: String(own['closingStrategy']),
    isolatedClosing: own['isolatedClosing'] as string | null,
    enableScaledTakeProfit: own['enableScaledTakeProfit'] === true,
    scaledTpLevels: levels(own['scaledTpLevels']),
    scaledTpMinOrderSize: number(own['scaledTpMinOrderSize']),
    scaledTpFallbackToSingle: own['scaledTpFallbackToSingle'] === true,
    stopLadder: String(own['stopLadder']),
    stopLadderPercent: number(own['stopLadderPercent']),
    breakevenIncludesFees: own['breakevenIncludesFees'] === true,
    takerFeePercent: number(own['takerFeePercent']),
    trailingStopPercent: numberOrOff(own['trailingStopPercent']),
    trailingActivationPercent: numberOrOff(own['trailingActivationPercent']),
    driftPolicy: String(own['driftPolicy']),
    driftSettleMs: Number(own['driftSettleMs']),
    driftTolerancePercent: number(own['driftTolerancePercent']),
  }
}
