import { ALL_PERCENT, type BookEvent, type PositionSide, type SymbolConfig, type TrancheBook } from '@tranchebook/core'

/** A book, and whether all in it is proven by fills. */
interface Kept {
  readonly book: TrancheBook
  readonly config: Pick<SymbolConfig, 'driftTolerancePercent'>
  readonly hasGuessed: boolean
}

/** One of the venue's positions, signed. */
interface Position {
  readonly positionSide: PositionSide
  readonly amount: bigint
}

/** From here on the book is not only what fills say. */
export function isGuess(event: BookEvent): boolean {
  if (event.type === 'TrancheOpened' || event.type === 'TrancheReduced') return event.tradeId === null
  return event.type === 'EstimateReplaced' || event.type === 'FillOrphaned'
}

/** Signed as the venue says it: negative = short. */
export function openIn({ groups: { LONG, SHORT } }: TrancheBook, positionSide: PositionSide): bigint {
  const long = positionSide === 'SHORT' ? 0n : LONG.quantity
  return positionSide === 'LONG' ? long : long - SHORT.quantity
}

export const sizeOf = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

/** Whether book and venue may both stand: within the drift tolerance, and only where something was booked that no fill has proven. */
export function isTolerated({ book, config, hasGuessed }: Kept, { positionSide, amount }: Position): boolean {
  const difference = sizeOf(amount - openIn(book, positionSide))
  return hasGuessed && difference * ALL_PERCENT <= config.driftTolerancePercent * sizeOf(amount)
}

/** Between what protection has to close: the venue's figure, and the book's where both may stand. */
export function sizesOf(position: Position, kept: Kept): { readonly least: bigint; readonly most: bigint } {
  const atVenue = sizeOf(position.amount)
  const inBook = isTolerated(kept, position) ? sizeOf(openIn(kept.book, position.positionSide)) : atVenue
  return atVenue < inBook ? { least: atVenue, most: inBook } : { least: inBook, most: atVenue }
}
