import type { BookLoop } from '../book/book-loop.js'
import { isDiffering } from '../book/book-standing.js'

/** How things stand right now. Durations are ms. */
export interface ManagerGauges {
  /** Orders of which nobody knows whether the venue has them. */
  readonly unknownOrders: number
  /** How long the book that has been unprotected longest has been; 0 = all are protected. */
  readonly unprotectedMs: number
  /** Books whose position differs from the venue's, settled or not. */
  readonly driftingBooks: number
  /** Inputs that wait to be decided. */
  readonly waitingInputs: number
  readonly haltedBooks: number
  /** Open tranches of all books that are not isolated. */
  readonly activeTranches: number
  readonly isolatedTranches: number
}

/** Reads the gauges of all books. `now` is the venue's time. */
export function readGauges(loops: readonly BookLoop[], now: number): ManagerGauges {
  const unprotected = loops.map(({ book: { unprotectedSince } }) =>
    unprotectedSince === null ? 0 : now - unprotectedSince,
  )
  const tranches = loops.flatMap(({ book: { groups } }) => [...groups.LONG.tranches, ...groups.SHORT.tranches])
  const isolatedTranches = tranches.filter(({ isolated }) => isolated).length
  const orders = loops.flatMap((loop) => [...loop.book.orders.values()])
  return {
    unknownOrders: orders.filter(({ state }) => state === 'unknown').length,
    unprotectedMs: Math.max(0, ...unprotected),
    driftingBooks: loops.filter(isDiffering).length,
    waitingInputs: loops.reduce((sum, loop) => sum + loop.waiting, 0),
    haltedBooks: loops.filter((loop) => loop.isHalted).length,
    activeTranches: tranches.length - isolatedTranches,
    isolatedTranches,
  }
}
