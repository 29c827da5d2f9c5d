import { copyBook, type Instrument, type Price, type SymbolConfig, type TrancheBook } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'

/** The newest mark price of a book, recorded or not. */
export interface MarkReading {
  readonly price: Price
  /** When the venue formed it, epoch ms. */
  readonly time: number
}

/** A book as the log has it at one moment, and what it is looked at with. It never changes; ask again for a newer one. */
export interface BookReading {
  readonly account: string
  readonly symbol: string
  readonly stream: string
  /** Events folded in. */
  readonly version: number
  readonly book: TrancheBook
  /** As configured, and as the book's own commands have changed it. */
  readonly config: SymbolConfig
  readonly instrument: Instrument
  /** `null` = none has been seen. */
  readonly mark: MarkReading | null
  /** True once the book has stopped for good; its log says nothing new then. */
  readonly isHalted: boolean
  /** Inputs that wait to be decided. */
  readonly waiting: number
}

/** What a book is looked at with, without the book: reading it copies nothing. */
export type MarketReading = Pick<BookReading, 'symbol' | 'config' | 'instrument' | 'mark' | 'isHalted'>

const copies = new WeakMap<BookLoop, TrancheBook>()

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  if (value instanceof Map) for (const entry of value.values()) freeze(entry)
  else for (const entry of Object.values(value)) freeze(entry)
  Object.freeze(value)
}

/** One copy for each version: whoever asks twice gets the same. */
function copyOf(loop: BookLoop): TrancheBook {
  const known = copies.get(loop)
  if (known !== undefined && known.version === loop.book.version) return known
  const copy = copyBook(loop.book)
  freeze(copy)
  copies.set(loop, copy)
  return copy
}

/** Reads what a book is looked at with. */
export function readMarketOf(loop: BookLoop, instrument: Instrument): MarketReading {
  const { market, book, symbol, config, isHalted } = loop
  const newest = market ?? book.mark
  const mark = newest === null ? null : { price: newest.price, time: newest.time }
  return { symbol, config, instrument, mark, isHalted }
}

/** Reads a book. It costs one copy for each version that is asked for. */
export function readBookOf(loop: BookLoop, instrument: Instrument): BookReading {
  const { stream, waiting } = loop
  const book = copyOf(loop)
  const { account, version } = book
  return { ...readMarketOf(loop, instrument), account, stream, version, book, waiting }
}
