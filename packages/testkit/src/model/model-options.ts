import { type Ratio, ZERO } from '../exact/ratio.js'

/** A step of scaled take profit. */
export interface ModelLevelOption {
  readonly profitPercent: Ratio
  readonly closePercent: Ratio
}

/** The options the model knows, by the names of the configuration file. `null` = off. */
export interface ModelOptions {
  readonly positionMode: 'HEDGE' | 'ONE_WAY'
  readonly entryMode: string
  readonly trancheIncrementPercent: Ratio
  readonly whenFull: string
  readonly maxTranches: number
  readonly tpPercent: Ratio | null
  readonly slPercent: Ratio | null
  readonly trancheIsolationThreshold: Ratio
  readonly isolationReleasePercent: Ratio | null
  readonly closingStrategy: string
  readonly isolatedClosing: string | null
  readonly enableScaledTakeProfit: boolean
  readonly scaledTpLevels: readonly ModelLevelOption[]
  readonly scaledTpMinOrderSize: Ratio
  readonly scaledTpFallbackToSingle: boolean
  readonly stopLadder: string
  readonly stopLadderPercent: Ratio
  readonly breakevenIncludesFees: boolean
  readonly takerFeePercent: Ratio
  readonly trailingStopPercent: Ratio | null
  readonly trailingActivationPercent: Ratio | null
  readonly driftPolicy: string
  readonly driftSettleMs: number
  readonly driftTolerancePercent: Ratio
}

/** What the model knows of a symbol; 0 = unknown. */
export interface ModelInstrument {
  readonly quoteAsset: string
  readonly tickSize: Ratio
  readonly stepSize: Ratio
  readonly minQuantity: Ratio
}

/** A symbol of which only the quote asset is known. */
export const PLAIN_INSTRUMENT: ModelInstrument = {
  quoteAsset: 'USDT',
  tickSize: ZERO,
  stepSize: ZERO,
  minQuantity: ZERO,
}
