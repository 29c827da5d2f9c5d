import type { PositionInput, PositionMode } from '@tranchebook/core'
import type { Venue, VenueStream } from '../venue.js'
import type { AccountEvent } from '../venue/account-event.js'
import type { Balance, BalanceSource } from '../venue/balance.js'
import type { BudgetSource } from '../venue/budget.js'
import type { MarketSource } from '../venue/market-source.js'
import type { OrderChange, OrderRef, OrderRequest } from '../venue/order-request.js'
import type {
  FundingHistory,
  FundingRequest,
  HistoryRequest,
  OpenOrder,
  OrderLookup,
  TradeHistory,
} from '../venue/snapshots.js'
import type { WriteResult } from '../venue/write-result.js'
import { createMarket, createStreamKeeper, type MarketRooms, type VenueFacts } from './market-venue.js'
import type { WriteSession } from './write-session.js'

/** A venue of this family: the port, and what stands beside it. */
export type AccountVenue = Venue & MarketSource & BalanceSource & BudgetSource

/** What a venue of this family does for an account, room by room. */
export interface AccountRooms<Session> extends MarketRooms<Session> {
  readonly fetchPositionMode: (session: Session) => Promise<PositionMode>
  readonly fetchPositions: (
    session: Session,
    symbols: readonly string[],
    mode: PositionMode,
  ) => Promise<readonly PositionInput[]>
  readonly fetchOpenOrders: (session: Session, symbol: string | null) => Promise<readonly OpenOrder[]>
  readonly findOrder: (session: Session, order: OrderRef) => Promise<OrderLookup>
  readonly fetchTrades: (session: Session, request: HistoryRequest) => Promise<TradeHistory>
  readonly fetchFunding: (session: Session, request: FundingRequest) => Promise<FundingHistory>
  readonly fetchBalances: (session: Session) => Promise<readonly Balance[]>
  readonly submit: (session: Session, order: OrderRequest) => Promise<WriteResult>
  readonly submitMany: (session: Session, orders: readonly OrderRequest[]) => Promise<readonly WriteResult[]>
  readonly modify: (session: Session, change: OrderChange) => Promise<WriteResult>
  readonly cancel: (session: Session, order: OrderRef) => Promise<WriteResult>
  readonly cancelMany: (session: Session, orders: readonly OrderRef[]) => Promise<readonly WriteResult[]>
  readonly cancelAll: (session: Session, symbol: string) => Promise<WriteResult>
  readonly setLeverage: (session: Session, symbol: string, leverage: number) => Promise<WriteResult>
  readonly streamAccount: (session: Session, listener: (event: AccountEvent) => void) => VenueStream
}

type Reads = 'fetchPositionMode' | 'fetchPositions' | 'fetchOpenOrders' | 'findOrder' | 'fetchTrades' | 'fetchFunding'
type Writes = 'submit' | 'submitMany' | 'modify' | 'cancel' | 'cancelMany' | 'cancelAll' | 'setLeverage'

function readsOf<Session>(session: Session, rooms: AccountRooms<Session>): Pick<AccountVenue, Reads | 'fetchBalances'> {
  let mode: PositionMode | null = null
  const fetchPositionMode = async (): Promise<PositionMode> => {
    mode = await rooms.fetchPositionMode(session)
    return mode
  }
  return {
    fetchPositionMode,
    fetchPositions: async (symbols) => rooms.fetchPositions(session, symbols, mode ?? (await fetchPositionMode())),
    fetchOpenOrders: (symbol) => rooms.fetchOpenOrders(session, symbol),
    findOrder: (order) => rooms.findOrder(session, order),
    fetchTrades: (request) => rooms.fetchTrades(session, request),
    fetchFunding: (request) => rooms.fetchFunding(session, request),
    fetchBalances: () => rooms.fetchBalances(session),
  }
}

function writesOf<Session>(session: Session, rooms: AccountRooms<Session>): Pick<AccountVenue, Writes> {
  return {
    submit: (order) => rooms.submit(session, order),
    submitMany: (orders) => rooms.submitMany(session, orders),
    modify: (change) => rooms.modify(session, change),
    cancel: (order) => rooms.cancel(session, order),
    cancelMany: (orders) => rooms.cancelMany(session, orders),
    cancelAll: (symbol) => rooms.cancelAll(session, symbol),
    setLeverage: (symbol, leverage) => rooms.setLeverage(session, symbol, leverage),
  }
}

/** An account at a venue, put together from the venue's rooms. */
export function createVenue<Session extends WriteSession>(
  session: Session,
  facts: VenueFacts,
  rooms: AccountRooms<Session>,
): AccountVenue {
  const market = createMarket(session, facts, rooms)
  const { keep, closeAll } = createStreamKeeper()
  return {
    ...market,
    account: session.account,
    ...readsOf(session, rooms),
    ...writesOf(session, rooms),
    readBudget: () => session.budget.reading(session.serverClock.now()),
    streamAccount: (listener) => keep(rooms.streamAccount(session, listener)),
    close: async () => {
      await closeAll()
      await market.close()
    },
  }
}
