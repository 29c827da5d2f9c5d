import type { Instrument, SymbolConfig, TrancheBook } from '@tranchebook/core'
import type { BookLoop } from '../../src/book/book-loop.js'
import type { EngineOptions } from '../../src/manager-options.js'
import { TrancheManager } from '../../src/tranche-manager.js'

/** What of a book the laws look at. Read only. */
export interface LiveBook {
  readonly book: TrancheBook
  readonly config: SymbolConfig
  /** The symbol as the program knows it. */
  readonly instrument: Instrument
  readonly waiting: number
  readonly isHalted: boolean
}

/** A manager whose books can be looked at without a copy, and whose rules can be broken on purpose. */
export class SimManager extends TrancheManager {
  static openWith(options: EngineOptions): SimManager {
    return new SimManager(options)
  }

  /** `null` = it has not been read from the log yet. */
  liveBook(symbol: string): LiveBook | null {
    const loop = this.engine.loops.get(symbol)
    if (loop === undefined) return null
    const { book, config, waiting, isHalted } = loop
    return { book, config, waiting, isHalted, instrument: this.engine.instrumentOf(symbol) }
  }

  /** Whether the venue is listened to, and the books have been compared with it since the last gap. */
  get isInStep(): boolean {
    return this.engine.sync.isInStep && !this.health.reasons.some(({ code }) => code === 'stopping')
  }

  get loops(): readonly BookLoop[] {
    return this.engine.list()
  }
}
