import {
  type CandleSource,
  createResyncGate,
  type OrderRequest,
  problemOf,
  type Secret,
  type Venue,
  type VenueCapabilities,
  type VenueStream,
  type WriteResult,
} from '@tranchebook/adapters'
import { CedarLink, type LinkOptions } from './cedar-link.js'
import { answerOf, notSent, outcomeOf } from './cedar-outcome.js'
import { openStream } from './cedar-stream.js'
import { type CedarAnswers, parseAccountEvent, parseMark } from './parse-cedar.js'

/** What Cedar can do: orders one by one, in one id space. */
export const CEDAR_CAPABILITIES: VenueCapabilities = {
  orderTypes: ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
  conditionalStyle: 'ordinary-orders',
  maxConditionalOrders: null,
  maxBatchSubmit: 1,
  maxBatchCancel: 1,
  isClosePositionStopExclusive: true,
  canModify: true,
  canCancelInFlight: false,
  acceptWindowMs: 5_000,
  isStreamOrdered: true,
  hasEarlyFills: false,
  historyMs: null,
  cancelledOrderMs: null,
}

/** How to reach an account at Cedar. */
export interface CedarOptions extends Omit<LinkOptions, 'key'> {
  readonly account: string
  readonly key: Secret
}

class CedarVenue implements Venue, CandleSource {
  readonly name = 'cedar'
  readonly account: string
  readonly capabilities = CEDAR_CAPABILITIES
  readonly #options: LinkOptions
  readonly #link: CedarLink
  readonly #streams = new Set<Omit<VenueStream, 'resume'>>()
  #bannedUntil = 0
  #isClosed = false

  constructor({ account, key, ...place }: CedarOptions) {
    this.account = account
    this.#options = { ...place, key: key.reveal() }
    this.#link = new CedarLink(this.#options)
  }

  fetchInstruments: Venue['fetchInstruments'] = () => this.#read('fetchInstruments', [])
  fetchPositionMode: Venue['fetchPositionMode'] = () => this.#read('fetchPositionMode', [])
  fetchPositions: Venue['fetchPositions'] = (symbols) => this.#read('fetchPositions', [symbols])
  fetchOpenOrders: Venue['fetchOpenOrders'] = (symbol) => this.#read('fetchOpenOrders', [symbol])
  findOrder: Venue['findOrder'] = (order) => this.#read('findOrder', [order])
  fetchTrades: Venue['fetchTrades'] = (request) => this.#read('fetchTrades', [request])
  fetchFunding: Venue['fetchFunding'] = (request) => this.#read('fetchFunding', [request])
  fetchCandles: CandleSource['fetchCandles'] = (...asked) => this.#read('fetchCandles', asked)

  syncClock: Venue['syncClock'] = async () => {
    const { clock } = this.#options
    const sent = clock.now()
    const time = await this.#read('time', [])
    const received = clock.now()
    return { offsetMs: Math.round(time - (sent + received) / 2), roundTripMs: received - sent, time: received }
  }

  submit: Venue['submit'] = async (order: OrderRequest) => {
    const problem = problemOf(order)
    return problem === null ? this.#write('submit', [order]) : notSent('invalid', problem, null)
  }
  submitMany: Venue['submitMany'] = (orders) => Promise.all(orders.map((order) => this.submit(order)))
  modify: Venue['modify'] = (change) => this.#write('modify', [change])
  cancel: Venue['cancel'] = (order) => this.#write('cancel', [order])
  cancelMany: Venue['cancelMany'] = (orders) => Promise.all(orders.map((order) => this.cancel(order)))
  cancelAll: Venue['cancelAll'] = (symbol) => this.#write('cancelAll', [symbol])
  setLeverage: Venue['setLeverage'] = (symbol, leverage) => this.#write('setLeverage', [symbol, leverage])

  streamMarks: Venue['streamMarks'] = (symbols, listener) => {
    const now = (): number => this.#options.clock.now()
    const stream = openStream(this.#options, ['marks', symbols], {
      onOpen: () => {
        listener({ type: 'connected', time: now() })
      },
      onNews: (value) => {
        listener(parseMark(value))
      },
      onLost: () => {
        listener({ type: 'gap', time: now(), since: null, reason: 'the connection was lost' })
      },
    })
    this.#streams.add(stream)
    return { ...stream, resume: () => undefined }
  }

  streamAccount: Venue['streamAccount'] = (listener) => {
    const now = (): number => this.#options.clock.now()
    const gate = createResyncGate(listener)
    const stream = openStream(this.#options, ['account'], {
      onOpen: (isFirst) => {
        gate.connected(now(), isFirst ? 'first connection' : 'connected again')
      },
      onNews: (value) => {
        gate.pass(parseAccountEvent(value))
      },
      onLost: () => {
        gate.lost(now(), null, 'the connection was lost')
      },
    })
    this.#streams.add(stream)
    return {
      ...stream,
      resume: (resync) => {
        gate.resume(resync)
      },
    }
  }

  close: Venue['close'] = async () => {
    this.#isClosed = true
    await Promise.all([...this.#streams].map((stream) => stream.close()))
    await this.#link.close()
  }

  async #read<Method extends keyof CedarAnswers>(
    method: Method,
    given: readonly unknown[],
  ): Promise<CedarAnswers[Method]> {
    if (this.#isClosed) return answerOf(method, { type: 'unwritten', cause: 'the venue is closed' })
    return answerOf(method, await this.#link.ask(method, given))
  }

  async #write(method: string, given: readonly unknown[]): Promise<WriteResult> {
    if (this.#isClosed) return notSent('closed', 'the venue is closed', null)
    const now = this.#options.clock.now()
    const banMs = this.#bannedUntil - now
    if (banMs > 0) return notSent('banned', `Cedar wants no orders for ${banMs} ms`, banMs)
    const exchange = await this.#link.ask(method, given)
    if (exchange.type === 'refused' && exchange.code === 'BANNED') this.#bannedUntil = now + (exchange.retryMs ?? 0)
    return outcomeOf(exchange)
  }
}

/** An account at Cedar. Nothing is sent before the first call. */
export function openCedar(options: CedarOptions): Venue & CandleSource {
  return new CedarVenue(options)
}
