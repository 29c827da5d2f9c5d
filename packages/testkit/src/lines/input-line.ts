/** What every input line may carry. `time` is the venue's, in epoch milliseconds. */
export interface LineHeader {
  readonly time: number
  readonly symbol: string
  /** `main` where absent. */
  readonly account?: string
}

/** One trade, as a line of an input file. Quantity and price are > 0; a positive fee was paid. */
export interface FillLine extends LineHeader {
  readonly type: 'fill'
  readonly side: 'BUY' | 'SELL'
  readonly positionSide: 'LONG' | 'SHORT' | 'BOTH'
  readonly quantity: string
  readonly price: string
  readonly fee?: string
  readonly feeAsset?: string
  readonly tradeId: string
  readonly orderId?: string
  /** The venue's own prefixes in it mark liquidation, auto-deleveraging and settlement. */
  readonly clientOrderId?: string
  /** Label or id of the tranche it opens, increases or closes. */
  readonly tranche?: string
  readonly realizedPnl?: string
  readonly maker?: boolean
}

/** A mark price. */
export interface MarkLine extends LineHeader {
  readonly type: 'mark'
  readonly price: string
}

/** What the venue says it holds: signed for `BOTH`, positive otherwise. */
export interface PositionLine extends LineHeader {
  readonly type: 'position'
  readonly positionSide: 'LONG' | 'SHORT' | 'BOTH'
  readonly quantity: string
  readonly entryPrice?: string
  readonly markPrice?: string
}

/** One funding payment; positive = received. */
export interface FundingLine extends LineHeader {
  readonly type: 'funding'
  readonly amount: string
  readonly asset: string
  readonly id: string
  /** Whose payment it is; absent = the venue did not say. */
  readonly positionSide?: 'LONG' | 'SHORT' | 'BOTH'
}

type CommandBody =
  | { readonly command: 'isolateTranche' | 'releaseTranche'; readonly tranche: string }
  | { readonly command: 'labelTranche'; readonly tranche: string; readonly label: string | null }
  | { readonly command: 'moveStop'; readonly tranche: string; readonly price: string; readonly force?: boolean }
  | { readonly command: 'moveTakeProfit'; readonly tranche: string; readonly price: string | null }
  | { readonly command: 'mergeTranches'; readonly tranches: readonly string[] }
  | {
      readonly command: 'openTranche'
      readonly side: 'LONG' | 'SHORT'
      readonly quantity: string
      readonly price?: string
      readonly label?: string
    }
  | { readonly command: 'addToTranche'; readonly tranche: string; readonly quantity: string; readonly price?: string }
  | { readonly command: 'closeTranche'; readonly tranche: string; readonly quantity?: string; readonly price?: string }
  | { readonly command: 'annotateTranche'; readonly tranche: string; readonly note: string }
  | { readonly command: 'closeGroup'; readonly side: 'LONG' | 'SHORT' }
  | { readonly command: 'configure'; readonly options: Readonly<Record<string, unknown>> }
  | { readonly command: 'resolveConflict'; readonly note?: string }
  | { readonly command: 'pause' | 'resume' | 'gracefulStop' | 'killSwitch' | 'flatten' | 'takeOver' }

/** What a person or a bot asks of a book. */
export type CommandLine = LineHeader & { readonly type: 'command' } & CommandBody

/** One line of an input file, as plain JSON: decimals are text. */
export type InputLine = FillLine | MarkLine | PositionLine | FundingLine | CommandLine
