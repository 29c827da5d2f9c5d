import { coverage, larger, type PositionSide, type Quantity, type Side, type TrancheBook } from '@tranchebook/core'
import { type Account, type Exchange, marketOf } from '@tranchebook/simulator'
import type { LiveBook, SimManager } from '../program/sim-manager.js'
import type { BookWatch } from './book-watch.js'
import { isSameState } from './is-same-state.js'
import { hasLost, isTrailingBehind } from './loss.js'
import type { Blame } from './lots.js'
import { Since } from './since.js'
import { sizesOf } from './tolerance.js'
import { venueCovers } from './venue-cover.js'

/** What is looked at again and again while a manager runs. */
export interface LiveView {
  readonly exchange: Exchange
  readonly account: Account
  readonly watch: BookWatch
  readonly manager: SimManager
  readonly now: number
  /** As the venue has it now. */
  readonly venueStep: Quantity
  /** Whether nothing can be recorded for the moment. */
  readonly isLogDown: boolean
  /** Whether no price is told for the moment. */
  readonly isPriceless: boolean
  readonly blame: Blame
}

const SIDES: readonly Side[] = ['LONG', 'SHORT']
const MOST_WAITING = 512
/** A reconciliation, its settling, and the way of an order. */
const UNSAID_MS = 20_000
/** An append may take its time. */
const SOON_MS = 8000

/** The laws of a running book against the log and the venue. */
export class LiveLaws {
  private readonly since = new Since()
  private compared = -1

  /** Nobody runs who could keep them. */
  rest(): void {
    this.since.forget()
  }

  check(view: LiveView): void {
    const live = view.manager.liveBook(view.watch.symbol)
    if (live === null) return
    this.checkState(live, view)
    this.checkCover(live, view)
    this.checkTranches(live, view)
  }

  /** What is acted on is what the log says. */
  private checkState({ book, waiting, isHalted }: LiveBook, { watch, blame }: LiveView): void {
    if (isHalted) blame('the book has stopped')
    if (waiting > MOST_WAITING) blame(`${waiting} inputs wait`)
    if (book.version > watch.book.version)
      blame(`version ${book.version} is acted on, the log ends at ${watch.book.version}`)
    if (book.version !== watch.book.version || book.version === this.compared) return
    this.compared = book.version
    if (!isSameState(book, watch.book)) blame('the live book is not what its log replays to')
  }

  /** Protected, or visibly not; and no more exits than there is to close. */
  private checkCover(live: LiveBook, view: LiveView): void {
    const { watch, manager, blame, account, now, isLogDown } = view
    const { book, instrument } = live
    // The program may know the step of before, or the venue that of after: less than the larger one counts as nothing.
    const step = larger(instrument.stepSize, view.venueStep)
    const isBlind = isLogDown || !manager.isInStep
    const isBare = book.unprotectedSince !== null
    for (const cover of venueCovers(account, watch)) {
      const { positionSide } = cover
      const isExcused = isBlind || isVisiblyOff(book, positionSide)
      const wrong = (what: string, isSo: boolean): void => {
        const ms = this.since.hold(`${what} ${positionSide}`, isSo && !isExcused, now)
        if (ms > UNSAID_MS) blame(`${positionSide}: ${what} for ${ms} ms, and nothing says so`)
      }
      const sizes = sizesOf(cover, watch)
      const stops = cover.stops - unknownStops(book, positionSide)
      wrong('uncovered at the venue', !isBare && !cover.hasCloseAll && sizes.least - cover.stops >= step)
      wrong('stops close more than is open', stops - sizes.most >= step)
      wrong('targets close more than is open', cover.targets - sizes.most >= step)
    }
    for (const side of SIDES) {
      const isSilent = !isBlind && isSilentlyOpen(live, side)
      const ms = this.since.hold(`silent ${side}`, isSilent, now)
      if (ms > SOON_MS) blame(`${side}: the book is unprotected for ${ms} ms, and does not say so`)
    }
  }

  /** A tranche whose loss has reached the threshold is isolated; a trailing stop follows. */
  private checkTranches(
    { book, config }: LiveBook,
    { exchange, watch, manager, blame, now, isLogDown, isPriceless }: LiveView,
  ): void {
    const { mark, listing } = marketOf(exchange, watch.symbol)
    // Of a symbol that is settled no price is told; what nets to nothing may stay open in it.
    if (listing !== 'listed') return
    const isAble = manager.isInStep && !isLogDown && !isPriceless
    for (const side of SIDES)
      for (const tranche of book.groups[side].tranches) {
        const { id } = tranche
        const isCalm = isAble && watch.lots.open.get(id)?.isReleased === false
        const isLosing = isCalm && !tranche.isolated && hasLost(config.trancheIsolationThreshold, tranche, mark)
        const lostMs = this.since.hold(`isolation ${id}`, isLosing, now)
        if (lostMs > SOON_MS) blame(`${id} is not isolated ${lostMs} ms after its loss has reached the threshold`)
        const behindMs = this.since.hold(`trailing ${id}`, isCalm && isTrailingBehind(tranche, config, mark), now)
        if (behindMs > SOON_MS) blame(`${id}: its stop has not followed the mark for ${behindMs} ms`)
      }
  }
}

function isSilentlyOpen({ book, config, instrument }: LiveBook, side: Side): boolean {
  return book.unprotectedSince === null && !coverage(book, side, { config, instrument }).protected
}

/** Σ of stops whose outcome is unknown: what they replace stays until it is known, which takes as long as they may still land. */
function unknownStops({ orders }: TrancheBook, positionSide: PositionSide): bigint {
  let sum = 0n
  for (const order of orders.values())
    if (order.purpose === 'stop' && order.state === 'unknown' && order.positionSide === positionSide)
      sum += order.quantity ?? 0n
  return sum
}

function isVisiblyOff({ checks, conflict }: TrancheBook, positionSide: PositionSide): boolean {
  const check = checks[positionSide]
  return conflict !== null || (check !== null && check.status !== 'synced')
}
