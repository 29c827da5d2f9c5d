import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { spentShare } from '@tranchebook/adapters'
import { formatMoney } from '@tranchebook/core'
import { HEALTH_STATUSES } from './health.js'
import type { TrancheManager } from '../tranche-manager.js'
import type { ManagerMetrics } from './metrics.js'

type Count = keyof Omit<ManagerMetrics, 'appendMsLast' | 'appendMsMax'>

const PREFIX = 'tranchebook'

/** Counters by the figure of {@link ManagerMetrics} that they follow. */
const COUNTERS = {
  inputs: ['inputs_total', 'Inputs taken'],
  batches: ['batches_total', 'Batches recorded'],
  events: ['events_total', 'Events recorded'],
  appendRetries: ['append_retries_total', 'Appends tried again'],
  rollBacks: ['roll_backs_total', 'Batches that were decided and not recorded'],
  ordersSent: ['orders_sent_total', 'Placements handed to the venue, repeats included'],
  cancelsSent: ['cancels_sent_total', 'Cancels handed to the venue, repeats included'],
  sendRetries: ['send_retries_total', 'Writes tried again that were certainly not executed'],
  refusals: ['refusals_total', 'Placements refused by the venue or not sent'],
  unknownOutcomes: ['unknown_outcomes_total', 'Placements of which nobody knew whether they arrived'],
  lookUps: ['look_ups_total', 'Orders asked for one by one'],
  reconciliations: ['reconciliations_total', 'Comparisons with the venue that were begun'],
  failedReconciliations: ['failed_reconciliations_total', 'Comparisons that the venue did not answer'],
  strayOrdersCancelled: ['stray_orders_cancelled_total', 'Orders of ours that no book knew'],
  overflows: ['overflows_total', 'Inputs given up for want of room'],
  marksAhead: ['marks_ahead_total', "Mark prices dated ahead of the venue's clock, dropped"],
  snapshotsSaved: ['snapshots_saved_total', 'Snapshots kept'],
} as const satisfies Readonly<Record<Count, readonly [string, string]>>

type Reading = readonly [name: string, help: string, read: (manager: TrancheManager) => number | null]

/** What is read anew for each scrape; `null` = unknown, and left out. */
const GAUGES: readonly Reading[] = [
  [
    'unprotected_seconds',
    'For how long the book that has been unprotected longest has been',
    ({ metrics }) => metrics.unprotectedMs / 1000,
  ],
  ['unknown_orders', 'Orders of which nobody knows whether the venue has them', ({ metrics }) => metrics.unknownOrders],
  ['drifting_books', 'Books whose position differs from the venue', ({ metrics }) => metrics.driftingBooks],
  ['halted_books', 'Books that have stopped for good', ({ metrics }) => metrics.haltedBooks],
  ['active_tranches', 'Open tranches that are not isolated', ({ metrics }) => metrics.activeTranches],
  ['isolated_tranches', 'Open tranches that are isolated', ({ metrics }) => metrics.isolatedTranches],
  ['waiting_inputs', 'Inputs that wait to be decided', ({ metrics }) => metrics.waitingInputs],
  ['append_last_seconds', 'How long the last append took', ({ metrics }) => metrics.appendMsLast / 1000],
  ['append_max_seconds', 'How long the longest append took', ({ metrics }) => metrics.appendMsMax / 1000],
  [
    'equity_difference',
    'What the wallet holds beyond the books, in the quote asset',
    (manager) => equityDifference(manager),
  ],
  ['budget_spent_ratio', 'Share of the tightest request window that is spent', (manager) => spentOf(manager)],
  ['lease_epoch', 'Epoch of the lease it writes under', ({ epoch }) => epoch],
  ['price_age_seconds', 'Since the newest mark price', (manager) => ageOf(manager, 'lastPriceTime')],
  [
    'account_stream_silence_seconds',
    'Since the account stream last said anything',
    (manager) => ageOf(manager, 'lastAccountTime'),
  ],
]

function ageOf(manager: TrancheManager, name: 'lastPriceTime' | 'lastAccountTime'): number | null {
  const state = manager.accountState()
  const since = state[name]
  return since === null ? null : Math.max(0, state.time - since) / 1000
}

function equityDifference(manager: TrancheManager): number | null {
  const check = manager.accountState().equityCheck
  return check === null ? null : Number(formatMoney(check.difference))
}

function spentOf(manager: TrancheManager): number | null {
  const { budget } = manager.accountState()
  return budget === null ? null : spentShare(budget)
}

interface Exposed {
  readonly manager: TrancheManager
  readonly account: string
  readonly registry: Registry
}

function exposeCounter({ manager, account, registry }: Exposed, name: Count): void {
  const [suffix, help] = COUNTERS[name]
  let counted = 0
  registry.registerMetric(
    new Counter({
      name: `${PREFIX}_${suffix}`,
      help,
      labelNames: ['account'],
      registers: [],
      collect() {
        const now = manager.metrics[name]
        this.inc({ account }, Math.max(0, now - counted))
        counted = now
      },
    }),
  )
}

function exposeGauge({ manager, account, registry }: Exposed, [suffix, help, read]: Reading): void {
  registry.registerMetric(
    new Gauge({
      name: `${PREFIX}_${suffix}`,
      help,
      labelNames: ['account'],
      registers: [],
      collect() {
        const value = read(manager)
        if (value === null) this.remove({ account })
        else this.set({ account }, value)
      },
    }),
  )
}

function exposeHealth({ manager, account, registry }: Exposed): void {
  registry.registerMetric(
    new Gauge({
      name: `${PREFIX}_health`,
      help: '1 for the present status, 0 for the others',
      labelNames: ['account', 'status'],
      registers: [],
      collect() {
        for (const status of HEALTH_STATUSES) this.set({ account, status }, manager.health.status === status ? 1 : 0)
      },
    }),
  )
}

/** How long books were unprotected, each time they were. */
function exposeGaps({ manager, account, registry }: Exposed): void {
  const gaps = new Histogram({
    name: `${PREFIX}_unprotected_duration_seconds`,
    help: 'How long a book was unprotected until it was protected again',
    labelNames: ['account', 'symbol'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    registers: [],
  })
  registry.registerMetric(gaps)
  manager.on('protectionRestored', ({ symbol, event }) => {
    gaps.observe({ account, symbol }, event.forMs / 1000)
  })
}

/** Puts a manager's figures into a registry of prom-client, read anew for each scrape; a new registry unless one is given. */
export function exposeMetrics(manager: TrancheManager, registry: Registry = new Registry()): Registry {
  const { account } = manager.accountState()
  const exposed: Exposed = { manager, account, registry }
  const counts: readonly Count[] = Object.keys(COUNTERS).filter((name): name is Count => name in COUNTERS)
  for (const name of counts) exposeCounter(exposed, name)
  for (const reading of GAUGES) exposeGauge(exposed, reading)
  exposeHealth(exposed)
  exposeGaps(exposed)
  return registry
}
