import { fork } from 'node:child_process'
import diagnostics from 'node:diagnostics_channel'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type AccountEvent, openBinance, Secret, type Venue, type VenueStream } from '@tranchebook/adapters'
import { type BookEvent, parseConfig, upcast } from '@tranchebook/core'
import { type EventStore, openMemoryStore, openPostgresStore } from '@tranchebook/store'
import { startPostgres } from '../test/start-postgres.js'
import { TrancheManager } from '../src/index.js'
import { percentile, rounded } from './percentiles.js'

const SYMBOL = 'BTCUSDT'
/** By then marks have come. */
const MARK_MS = 2500
/** The venue's budget of orders is for ten seconds: entries that come faster are not sent. */
const ROUND_MS = 250
const CONDITIONAL_PATH = '/fapi/v1/algoOrder'

interface Address {
  readonly rest: string
  readonly ws: string
  readonly apiKey: string
  readonly apiSecret: string
}

function isAddress(value: unknown): value is Address {
  return typeof value === 'object' && value !== null && 'rest' in value && 'apiSecret' in value
}

async function startServer(): Promise<{ readonly address: Address; readonly stop: () => void }> {
  const child = fork(fileURLToPath(new URL('venue-server.ts', import.meta.url)), { execArgv: process.execArgv })
  const said: readonly unknown[] = await once(child, 'message')
  const [address] = said
  if (!isAddress(address)) throw new TypeError('the server did not say where it listens')
  return { address, stop: () => child.disconnect() }
}

/** From one fill to its stop. */
interface Sample {
  readonly ms: number
  /** Of it, waiting for the log. */
  readonly appendMs: number
  /** Appends that were under way at some time in between. */
  readonly appends: number
}

/** Notes when a fill leaves the socket's parser and when the stop it needs is written to one, and what the log took of it. */
class StopWatch {
  readonly samples: Sample[] = []
  private appends: { readonly from: number; to: number }[] = []
  private isArmed = false
  private filled: number | null = null
  private readonly onSend = (message: unknown): void => {
    if (!this.isArmed || typeof message !== 'object' || message === null || !('request' in message)) return
    const { request } = message
    if (typeof request !== 'object' || request === null || !('path' in request) || !('method' in request)) return
    if (request.method !== 'POST' || !String(request.path).startsWith(CONDITIONAL_PATH)) return
    // A fill that was asked for, because the stream was late, is none that the stream has told.
    if (this.filled !== null) this.samples.push(this.sample(this.filled, performance.now()))
    this.isArmed = false
  }

  private sample(from: number, to: number): Sample {
    const inTheWay = this.appends.filter((append) => append.to > from && append.from < to)
    const appendMs = inTheWay.reduce((sum, append) => sum + Math.min(append.to, to) - Math.max(append.from, from), 0)
    return { ms: to - from, appendMs, appends: inTheWay.length }
  }

  /** Whether the stop has not been sent yet. */
  get isWaiting(): boolean {
    return this.isArmed
  }

  /** The next fill is one that needs a stop. */
  arm(): void {
    this.appends = []
    this.isArmed = true
    this.filled = null
  }

  start(): void {
    diagnostics.subscribe('undici:client:sendHeaders', this.onSend)
  }

  stop(): void {
    diagnostics.unsubscribe('undici:client:sendHeaders', this.onSend)
  }

  /** The log with appends that are timed. */
  time(store: EventStore<BookEvent>): void {
    const append = store.append.bind(store)
    store.append = async (...said) => {
      const call = { from: performance.now(), to: Number.POSITIVE_INFINITY }
      this.appends.push(call)
      try {
        return await append(...said)
      } finally {
        call.to = performance.now()
      }
    }
  }

  /** The venue with a stream whose fills are noted. */
  watch(venue: Venue): void {
    const stream = venue.streamAccount.bind(venue)
    venue.streamAccount = (listener: (event: AccountEvent) => void): VenueStream =>
      stream((event) => {
        if (event.type === 'fill') this.filled ??= performance.now()
        listener(event)
      })
  }
}

async function heard(manager: TrancheManager, event: 'trancheCreated' | 'trancheClosed'): Promise<void> {
  await new Promise<void>((resolve) => {
    manager.once(event, () => {
      resolve()
    })
  })
}

async function trade(manager: TrancheManager, watch: StopWatch, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await pause(ROUND_MS)
    const closed = heard(manager, 'trancheClosed')
    const opened = heard(manager, 'trancheCreated')
    watch.arm()
    const answer = await manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.002' })
    if (!answer.accepted) throw new Error(`entry refused: ${answer.message}`)
    await opened
    while (watch.isWaiting) await pause(1)
    const [tranche] = manager.getTranches(SYMBOL, 'LONG')
    await manager.closeTranche({ symbol: SYMBOL, tranche: tranche?.id ?? '' })
    await closed
  }
}

interface Round {
  readonly manager: TrancheManager
  readonly watch: StopWatch
}

/** A manager on the server, over real sockets. */
async function run(store: EventStore<BookEvent>, work: (round: Round) => Promise<void>): Promise<StopWatch> {
  const { address, stop } = await startServer()
  const key = { apiKey: new Secret(address.apiKey), apiSecret: new Secret(address.apiSecret) }
  const hosts = { rest: address.rest, streams: address.ws, socketApi: '' }
  const venue = openBinance({ account: 'main', key, hosts })
  const defaults = { slPercent: '20', tpPercent: '20', trancheIsolationThreshold: '50', maxPriceAgeMs: 60_000 }
  const config = parseConfig({ positionMode: 'ONE_WAY', account: 'main', defaults, symbols: { [SYMBOL]: {} } })
  const watch = new StopWatch()
  watch.watch(venue)
  watch.time(store)
  const manager = TrancheManager.open({ account: 'main', venue, store, config, verifyLog: false })
  await manager.start()
  await pause(MARK_MS)
  watch.start()
  try {
    await work({ manager, watch })
  } finally {
    watch.stop()
    await manager.stop()
    await venue.close()
    stop()
  }
  return watch
}

async function measure(store: EventStore<BookEvent>, rounds: number): Promise<readonly Sample[]> {
  const { samples } = await run(store, async ({ manager, watch }) => {
    await trade(manager, watch, Math.ceil(rounds / 5))
    watch.samples.length = 0
    await trade(manager, watch, rounds)
  })
  return samples
}

function figuresOf(samples: readonly Sample[]): Readonly<Record<string, number>> {
  const all = samples.map(({ ms }) => ms)
  return {
    fillToStopMsMedian: percentile(all, 50),
    fillToStopMsP99: percentile(all, 99),
    fillToStopAppendMsMedian: percentile(
      samples.map(({ appendMs }) => appendMs),
      50,
    ),
    fillToStopBesidesAppendMsMedian: percentile(
      samples.map(({ ms, appendMs }) => ms - appendMs),
      50,
    ),
    fillToStopAppendsMean: rounded(samples.reduce((sum, { appends }) => sum + appends, 0) / samples.length),
  }
}

/**
 * From a fill that leaves the stream's parser to its stop being written to a socket, the durable intent included: over real sockets,
 * the server in another process, the log on Postgres and, for comparison, in memory.
 */
export async function fillToStop(rounds: number): Promise<Readonly<Record<string, number | null>>> {
  const inMemory = await measure(openMemoryStore<BookEvent>({ decode: upcast }), rounds)
  const inMemoryMs = inMemory.map(({ ms }) => ms)
  const memory = {
    fillToStopMemoryMsMedian: percentile(inMemoryMs, 50),
    fillToStopMemoryMsP99: percentile(inMemoryMs, 99),
  }
  const server = await startPostgres()
  if (server === null) return { fillToStopMsMedian: null, fillToStopMsP99: null, ...memory }
  const store = await openPostgresStore<BookEvent>({ decode: upcast, connectionString: server.connectionString })
  try {
    return { ...figuresOf(await measure(store, rounds)), ...memory }
  } finally {
    await store.close()
    await server.stop()
  }
}
