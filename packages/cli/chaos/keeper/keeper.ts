import { type Clock, openAster, openBinance, Secret, systemClock, type Venue } from '@tranchebook/adapters'
import { type BookEvent, formatQuantity, parseConfig, parseEvent, replay, stateHash } from '@tranchebook/core'
import { TrancheManager } from '@tranchebook/manager'
import { openEmbeddedStore, openPostgresStore, projectEvent, type SqlStore } from '@tranchebook/store'
import { deadlyStore } from '../points/deadly-store.js'
import { deadlyVenue } from '../points/deadly-venue.js'
import { createFuse } from '../points/point.js'
import type { KeeperAnswer, KeeperQuestion, KeeperReport } from './keeper-words.js'
import { parseKeeperSetup } from './parse-keeper-setup.js'

/** A process that keeps the books of one account, and can be told to die. Its parent talks to it. */

const SYMBOL = 'BTCUSDT'
const ACCOUNT = 'main'
const LEASE_MS = 3_000
/** Requests of the served venue land at once; the minute in which Aster's may would make each round so long. */
const ACCEPT_WINDOW_MS = 5000
const CONFIG = parseConfig({
  positionMode: 'HEDGE',
  account: ACCOUNT,
  defaults: { maxTranches: 6, trancheCooldownMs: 0, slPercent: 5, tpPercent: 20, driftSettleMs: 500 },
  symbols: { [SYMBOL]: {} },
})

const setup = parseKeeperSetup(process.argv[2] ?? '')
const fuse = createFuse()
let skewMs = 0
let unprotectedMs = 0
const clock: Clock = {
  now: () => systemClock.now() + skewMs,
  monotonic: () => performance.now(),
  schedule: (delayMs, run) => systemClock.schedule(delayMs, run),
}

function openVenue(): Venue {
  const { dialect, rest, streams, apiKey, apiSecret, agentKey } = setup
  if (dialect === 'aster')
    return openAster({
      account: ACCOUNT,
      clock,
      key: { agentKey: new Secret(agentKey) },
      hosts: { rest, streams, chainId: 1666 },
    })
  const key = { apiKey: new Secret(apiKey), apiSecret: new Secret(apiSecret) }
  return openBinance({ account: ACCOUNT, clock, key, hosts: { rest, streams, socketApi: '' } })
}

async function openLog(): Promise<SqlStore<BookEvent>> {
  const options = { decode: parseEvent, project: projectEvent }
  const { type, place } = setup.log
  if (type === 'directory') return openEmbeddedStore({ ...options, directory: place })
  return openPostgresStore({ ...options, connectionString: place, statementTimeoutMs: 2_000 })
}

function say(answer: KeeperAnswer): void {
  process.send?.(answer)
}

interface Keeping {
  readonly manager: TrancheManager
  readonly store: SqlStore<BookEvent>
  readonly venue: Venue
}

async function reportOf({ manager, store }: Keeping): Promise<KeeperReport> {
  const { book, stream } = manager.readBook(SYMBOL)
  const events: BookEvent[] = []
  for await (const { event } of store.read(stream, { until: book.version })) events.push(event)
  const verified = await store.verify()
  return {
    fills: events.flatMap((event) => (event.type === 'FillBooked' ? [event.tradeId] : [])),
    intents: events.flatMap((event) => (event.type === 'OrderIntended' ? [event.clientOrderId] : [])),
    quantity: formatQuantity(book.groups.LONG.quantity),
    isReplayed: events.length === 0 || stateHash(replay(events)) === stateHash(book),
    damage: verified.status === 'clean' ? null : JSON.stringify(verified.firstBad),
    unprotectedMs,
  }
}

function isProtected({ manager }: Keeping): boolean {
  return manager.accountState().unprotected.length === 0
}

function unrestOf({ manager }: Keeping): string | null {
  const { health, unknownOrders, unprotected } = manager.accountState()
  const { book } = manager.readBook(SYMBOL)
  if (health.status !== 'live') return `it is ${health.status}: ${health.reasons.map(({ code }) => code).join(', ')}`
  if (unknownOrders.length > 0) return `${unknownOrders.length} orders of unknown outcome`
  if (unprotected.length > 0) return 'something has no stop'
  const moving = [...book.orders.values()].find(({ state, ending }) => state !== 'working' || ending !== null)
  if (moving !== undefined) return `${moving.purpose} ${moving.clientOrderId} is ${moving.state}`
  return book.checks.LONG?.status === 'drift' ? 'its position differs from the venue' : null
}

async function act(keeping: Keeping, command: 'enter' | 'exit'): Promise<string | null> {
  const { manager } = keeping
  if (command === 'enter') {
    const opened = await manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
    return opened.accepted ? null : opened.message
  }
  const [tranche] = manager.getTranches(SYMBOL, 'LONG')
  if (tranche === undefined) return 'nothing is open'
  const closed = await manager.closeTranche({ symbol: SYMBOL, tranche: tranche.id })
  return closed.accepted ? null : closed.message
}

async function answerTo(keeping: Keeping, question: KeeperQuestion): Promise<KeeperAnswer> {
  switch (question.type) {
    case 'arm':
      fuse.armed = question.point
      return { type: 'done', refusal: null }
    case 'jump':
      skewMs += question.ms
      return { type: 'done', refusal: null }
    case 'enter':
    case 'exit':
      return { type: 'done', refusal: await act(keeping, question.type) }
    case 'unrest':
      return { type: 'unrest', why: unrestOf(keeping), isProtected: isProtected(keeping) }
    case 'report':
      return { type: 'report', report: await reportOf(keeping) }
    case 'stop':
      await keeping.manager.stop()
      await keeping.venue.close()
      await keeping.store.close()
      setImmediate(() => {
        process.disconnect()
      })
      return { type: 'done', refusal: null }
  }
}

async function keep(): Promise<Keeping> {
  const store = deadlyStore(await openLog(), fuse)
  const venue = deadlyVenue(openVenue(), fuse)
  const { holder, standby } = setup
  const manager = TrancheManager.open({
    account: ACCOUNT,
    venue,
    store,
    config: CONFIG,
    clock,
    holder,
    standby,
    leaseMs: LEASE_MS,
    acceptWindowMs: ACCEPT_WINDOW_MS,
  })
  manager.on('protectionRestored', ({ event }) => {
    unprotectedMs = Math.max(unprotectedMs, event.forMs)
  })
  await manager.start()
  say({ type: 'live', epoch: manager.epoch })
  return { manager, store, venue }
}

function fail(error: unknown): void {
  say({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}

const keeping = keep()
keeping.catch(fail)
process.on('message', (question: KeeperQuestion) => {
  keeping.then(async (kept) => answerTo(kept, question)).then(say, fail)
})
