import type {
  FundingHistory,
  HistoryRequest,
  OpenOrder,
  OrderRequest,
  TradeHistory,
  Venue,
  VenueStream,
} from '@tranchebook/adapters'
import type { Instrument, PositionInput } from '@tranchebook/core'
import { Network, type NetworkSetup } from './network.js'
import { StaleAnswers } from './stale-answers.js'

/** The streams of a venue. */
export type StreamName = 'marks' | 'account'

/** How a program reaches its venue. */
export interface RemoteSetup extends NetworkSetup {
  readonly venue: Venue
  /** Whether the history of trades shows what happened then, epoch ms. */
  readonly isInHistory: (time: number) => boolean
  /** Whether a stream that stands tells nothing for the moment. */
  readonly isSilent: (stream: StreamName) => boolean
  /** Told of every notice of funding that a silent stream swallows. */
  readonly onFundingUnheard: () => void
  /** Told of every mark that reaches the program, and since when it can be known, epoch ms. */
  readonly onMark: (symbol: string, time: number) => void
  /** Told the moment that filters are asked for. */
  readonly onFiltersAsked: () => void
  /** Told the moment that filters reach the program. */
  readonly onFilters: (instruments: readonly Instrument[]) => void
  /** Told the moment an order is sent. */
  readonly onSubmit: (order: OrderRequest) => void
  /** Told the moment a cancel is sent; `null` = of everything. */
  readonly onCancel: (clientOrderId: string | null) => void
}

/** An order is not found for at most so long after it was sent. */
const UNFOUND_MS = 5000

function keyOf({ symbol, afterId, since }: HistoryRequest): string {
  return `${symbol} ${afterId ?? ''} ${since ?? ''}`
}

/** Looks an order up; one that was sent a moment ago may not be found yet. */
function lookUps({ venue, clock, faults }: RemoteSetup, sent: ReadonlyMap<string, number>): Venue['findOrder'] {
  return async (order) => {
    const sentTime = sent.get(order.clientOrderId)
    const isYoung = sentTime !== undefined && clock.now() - sentTime < UNFOUND_MS
    if (isYoung && faults.isStale('notFoundYet')) return { type: 'notFound', time: clock.now() }
    return venue.findOrder(order)
  }
}

/** Trades as far as the venue's history has them: it may be behind what the venue itself knows. */
async function historyOf({ venue, isInHistory }: RemoteSetup, request: HistoryRequest): Promise<TradeHistory> {
  const history = await venue.fetchTrades(request)
  return { ...history, fills: history.fills.filter(({ time }) => isInHistory(time)) }
}

type Reads = Pick<Venue, 'fetchPositions' | 'fetchOpenOrders' | 'findOrder' | 'fetchTrades' | 'fetchFunding'>

function reads(setup: RemoteSetup, network: Network, sent: ReadonlyMap<string, number>): Reads {
  const { venue } = setup
  const positions = new StaleAnswers<readonly PositionInput[]>(setup)
  const openOrders = new StaleAnswers<readonly OpenOrder[]>(setup)
  const trades = new StaleAnswers<TradeHistory>(setup)
  const funding = new StaleAnswers<FundingHistory>(setup)
  const lookUp = lookUps(setup, sent)
  return {
    fetchPositions: async (symbols) => {
      const ask = async (): Promise<readonly PositionInput[]> => venue.fetchPositions(symbols)
      const reports = await network.call(async () => positions.ask(symbols.join(), ask))
      for (const { symbol, time, markPrice } of reports) if (markPrice !== null) setup.onMark(symbol, time)
      return reports
    },
    fetchOpenOrders: async (symbol) =>
      network.call(async () => openOrders.ask(symbol ?? '', async () => venue.fetchOpenOrders(symbol))),
    findOrder: async (order) => network.call(async () => lookUp(order)),
    fetchTrades: async (request) =>
      network.call(async () => trades.ask(keyOf(request), async () => historyOf(setup, request))),
    fetchFunding: async (request) =>
      network.call(async () => funding.ask(request.symbol, async () => venue.fetchFunding(request))),
  }
}

type Writes = Pick<Venue, 'submit' | 'submitMany' | 'modify' | 'cancel' | 'cancelMany' | 'cancelAll' | 'setLeverage'>

function writes(
  { venue, clock, onSubmit, onCancel }: RemoteSetup,
  network: Network,
  sent: Map<string, number>,
): Writes {
  const note = (orders: readonly OrderRequest[]): void => {
    for (const order of orders) {
      sent.set(order.terms.clientOrderId, clock.now())
      onSubmit(order)
    }
  }
  return {
    submit: async (order) => {
      note([order])
      return network.call(async () => venue.submit(order))
    },
    submitMany: async (orders) => {
      note(orders)
      return network.call(async () => venue.submitMany(orders))
    },
    modify: async (change) => network.call(async () => venue.modify(change)),
    cancel: async (order) => {
      onCancel(order.clientOrderId)
      return network.call(async () => venue.cancel(order))
    },
    cancelMany: async (orders) => {
      for (const order of orders) onCancel(order.clientOrderId)
      return network.call(async () => venue.cancelMany(orders))
    },
    cancelAll: async (symbol) => {
      onCancel(null)
      return network.call(async () => venue.cancelAll(symbol))
    },
    setLeverage: async (symbol, leverage) => network.call(async () => venue.setLeverage(symbol, leverage)),
  }
}

/** What a connection says of itself, rather than what happens at the venue. */
const OF_CONNECTION: ReadonlySet<string> = new Set(['connected', 'gap', 'resyncNeeded', 'quarantined'])

/** Events reach the program while it is there; they wait while it stands still. A stream that has fallen silent loses what it had to tell. */
function streams({
  venue,
  program,
  clock,
  isSilent,
  onFundingUnheard,
  onMark,
}: RemoteSetup): Pick<Venue, 'streamMarks' | 'streamAccount'> {
  const away = (stream: VenueStream): VenueStream => ({
    opened: stream.opened.then(async () => program.turn()),
    resume: (resync) => {
      stream.resume(resync)
    },
    close: async () => stream.close(),
  })
  return {
    streamMarks: (symbols, listener) =>
      away(
        venue.streamMarks(symbols, (event) => {
          if (isSilent('marks') && !OF_CONNECTION.has(event.type)) return
          program.run(() => {
            if (event.type === 'mark') onMark(event.symbol, clock.now())
            listener(event)
          })
        }),
      ),
    streamAccount: (listener) =>
      away(
        venue.streamAccount((event) => {
          if (isSilent('account') && !OF_CONNECTION.has(event.type)) {
            if (event.type === 'fundingNoticed') onFundingUnheard()
            return
          }
          program.run(() => {
            listener(event)
          })
        }),
      ),
  }
}

/** A venue as a program sees it, over a network, with answers that may be behind. */
export function remoteVenue(setup: RemoteSetup): Venue {
  const { venue, program } = setup
  const network = new Network(setup)
  const sent = new Map<string, number>()
  return {
    name: venue.name,
    account: venue.account,
    capabilities: venue.capabilities,
    fetchInstruments: async () => {
      setup.onFiltersAsked()
      const instruments = await network.call(async () => venue.fetchInstruments())
      setup.onFilters(instruments)
      return instruments
    },
    fetchPositionMode: async () => network.call(async () => venue.fetchPositionMode()),
    syncClock: async () => {
      const asked = program.now()
      const { offsetMs, time } = await network.call(async () => venue.syncClock())
      const received = program.now()
      const roundTripMs = received - asked
      return { offsetMs: Math.round(time + offsetMs - (asked + received) / 2), roundTripMs, time: received }
    },
    ...reads(setup, network, sent),
    ...writes(setup, network, sent),
    ...streams(setup),
    close: async () => venue.close(),
  }
}
