import type { BookEvent, InvariantError, Readiness } from '@tranchebook/core'
import { FencedError } from '@tranchebook/store'
import type { BookLoop } from '../book/book-loop.js'
import type { LoopHost } from '../book/loop-host.js'
import type { EngineOptions } from '../manager-options.js'
import { factsOf } from '../report/event-facts.js'
import { whyOf } from '../report/logger.js'
import { bookHalted, closingRuleBroken, leaseLost, storeStuck } from '../report/troubles.js'
import type { OrderSender } from '../act/order-sender.js'
import type { AccountListener } from './account-listener.js'
import type { AccountLife } from './account-life.js'
import { summaryWithout } from './account-summary.js'
import { conditionalRoom } from './conditional-room.js'
import type { SymbolRoster } from './symbol-roster.js'
import type { VenueSync } from './venue-sync.js'

/** The parts that books lean on and tell. */
export interface LoopParts extends Pick<LoopHost, 'clock' | 'logger' | 'metrics' | 'now' | 'instrumentOf'> {
  readonly options: EngineOptions
  readonly listener: AccountListener
  readonly loops: ReadonlyMap<string, BookLoop>
  readonly life: AccountLife
  readonly sender: OrderSender
  readonly sync: VenueSync
  readonly roster: SymbolRoster
  /** Whether our clock was set, or stood still, and the venue has not said its time since. */
  readonly isTimeDoubtful: boolean
}

const TIME_DOUBTFUL: Readiness = {
  isLive: false,
  reasons: ['the clock of this machine was set or stood still, and the venue has not said its time since'],
}

/** First the log, then the orders, then whoever listens. */
function passOn(account: LoopParts, symbol: string, events: readonly BookEvent[]): void {
  const loop = account.loops.get(symbol)
  if (loop === undefined) return
  for (const event of events) account.logger.debug(factsOf(loop, event), event.type)
  if (account.options.mode !== 'observe') account.sender.send(loop, events)
  account.listener.onEvents(loop, events)
}

function noteHalt({ life, logger }: LoopParts, symbol: string, error: unknown): void {
  if (life.isOver) return
  if (error instanceof FencedError) return life.end(leaseLost(error))
  logger.error({ symbol, why: whyOf(error) }, 'the book has stopped')
  life.health.report(bookHalted(symbol, error))
}

/** Until the manager ends, in every book that closes by it: only its author can say what it would have meant. */
function noteBrokenRule({ life, logger, loops }: LoopParts, rule: string, error: InvariantError): void {
  logger.error({ rule, why: whyOf(error) }, 'a closing rule is broken')
  for (const { symbol, config } of loops.values())
    if (config.closingStrategy === rule) life.health.report(closingRuleBroken(symbol, error))
}

function noteOverflow({ metrics, logger, sync }: LoopParts, symbol: string): void {
  metrics.overflows += 1
  logger.error({ symbol }, 'too many inputs wait: some were given up and will be asked for')
  sync.request('overflow')
}

/** What the books of an account share, and whom they tell. */
export function loopHostOf(account: LoopParts): LoopHost {
  const { options, clock, logger, metrics, life } = account
  const { mode = 'trade', venue, store, config, closingRules = new Map() } = options
  return {
    store,
    clock,
    logger,
    metrics,
    closingRules,
    sending: mode,
    limits: config.limits,
    signal: life.signal,
    now: () => account.now(),
    epoch: () => life.epoch ?? 0,
    instrumentOf: (symbol) => account.instrumentOf(symbol),
    readinessOf: (symbol) => (account.isTimeDoubtful ? TIME_DOUBTFUL : life.health.readinessOf(symbol)),
    summaryWithout: (symbol) => summaryWithout(account.loops.values(), symbol, account.now()),
    conditionalRoom: () => conditionalRoom(venue.capabilities, [...account.loops.values()]),
    mayReview: (symbol) => account.sync.isInStep && !life.isOver && !account.roster.isJoining(symbol),
    onDurable: (symbol, events) => {
      passOn(account, symbol, events)
    },
    onRefused: (input, refusal) => {
      account.listener.onRefused(input, refusal)
    },
    onOverflow: (symbol) => {
      noteOverflow(account, symbol)
    },
    onStoreTrouble: (symbol, why) => {
      if (why === null) life.health.clear('storeStuck', symbol)
      else life.health.report(storeStuck(symbol, why))
    },
    onBrokenRule: (rule, error) => {
      noteBrokenRule(account, rule, error)
    },
    onHalt: (symbol, error) => {
      noteHalt(account, symbol, error)
    },
  }
}
