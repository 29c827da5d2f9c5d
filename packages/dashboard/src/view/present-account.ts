import { coverage, formatMoney, formatQuantity } from '@tranchebook/core'
import type { AccountState, UnprotectedSide } from '@tranchebook/manager'
import type { AccountView, ShieldView, UnknownOrderView, UnprotectedView } from '../api/account-view.js'
import type { DashboardSource } from '../source/dashboard-source.js'
import type { Looking } from './looking.js'
import { presentHealth, withFaults, withLeftOut } from './runbook.js'

/** Which log the account's figures were read from. */
export interface LogPlace {
  readonly logId: string
  readonly position: number
  readonly time: number
}

function presentUncovered({
  account,
  uncovered,
  ...where
}: UnprotectedSide & { readonly account: string }): readonly UnprotectedView[] {
  return uncovered.map(({ tranche, quantity }) => ({ account, ...where, tranche, quantity: formatQuantity(quantity) }))
}

function unprotectedIn(looking: Looking): readonly UnprotectedView[] {
  const { book } = looking.fold
  const { account, symbol, unprotectedSince: since } = book
  if (!looking.isWatched) return []
  return (['LONG', 'SHORT'] as const).flatMap((side) =>
    presentUncovered({ account, symbol, side, since, uncovered: coverage(book, side, looking).uncovered }),
  )
}

/** By the books that the manager holds, which know more than a log that cannot be read just now. */
function unprotectedNow({ account, unprotected }: AccountState): readonly UnprotectedView[] {
  return unprotected.flatMap(({ symbol, side, uncovered, since }) =>
    presentUncovered({ account, symbol, side, since, uncovered }),
  )
}

function shieldOf(state: AccountState | null, lookings: readonly Looking[]): ShieldView {
  const unprotected = state === null ? lookings.flatMap(unprotectedIn) : unprotectedNow(state)
  return { protected: unprotected.length === 0, unprotected }
}

function unknownIn({ fold: { book, journal } }: Looking): readonly UnknownOrderView[] {
  return [...book.orders.values()]
    .filter(({ state }) => state === 'unknown')
    .map(({ clientOrderId, purpose, side, quantity, intendedTime }) => ({
      account: book.account,
      symbol: book.symbol,
      clientOrderId,
      purpose,
      side,
      quantity: quantity === null ? null : formatQuantity(quantity),
      since:
        journal.orders.get(clientOrderId)?.steps.findLast(({ event }) => event.type === 'OrderOutcomeUnknown')?.event
          .time ?? intendedTime,
    }))
}

function newestPrice(lookings: readonly Looking[]): number | null {
  const times = lookings.flatMap(({ markTime }) => markTime ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

type LiveFigures = Pick<
  AccountView,
  'venue' | 'sending' | 'health' | 'leaseEpoch' | 'lastAccountTime' | 'equity' | 'marginUsed'
>

function liveFigures(state: AccountState | null): LiveFigures {
  if (state === null)
    return {
      venue: null,
      sending: null,
      health: presentHealth(null),
      leaseEpoch: null,
      lastAccountTime: null,
      equity: null,
      marginUsed: null,
    }
  const { venue, mode, health, epoch, lastAccountTime, equity, marginUsed } = state
  return {
    venue,
    sending: mode,
    health: presentHealth(health),
    leaseEpoch: epoch,
    lastAccountTime,
    equity: equity === null ? null : formatMoney(equity),
    marginUsed: formatMoney(marginUsed),
  }
}

/** How an account stands: what the top bar shows. */
export function presentAccount(source: DashboardSource, lookings: readonly Looking[], place: LogPlace): AccountView {
  const { title, badge, live } = source
  const state = live?.state() ?? null
  const figures = liveFigures(state)
  const tranches = lookings.flatMap(({ fold: { book } }) => [
    ...book.groups.LONG.tranches,
    ...book.groups.SHORT.tranches,
  ])
  return {
    title,
    accounts: [...new Set(lookings.map(({ fold }) => fold.book.account))],
    badge,
    isReadOnly: live === null,
    ...figures,
    health: withLeftOut(withFaults(figures.health, lookings), source.leftOut, place.time),
    shield: shieldOf(state, lookings),
    unknownOrders: lookings.flatMap(unknownIn),
    lastPriceTime: newestPrice(lookings),
    pausedBooks: lookings.filter(({ fold }) => fold.book.pauses.length > 0).length,
    books: lookings.length,
    openTranches: tranches.length,
    isolatedTranches: tranches.filter(({ isolated }) => isolated).length,
    position: String(place.position),
    logId: place.logId,
    time: place.time,
  }
}
