import {
  type DecimalText,
  type EntryAnswer,
  type FillInput,
  type LiveGroupView,
  parsePrice,
  type RepairKind,
  type Side,
} from '@tranchebook/core'
import { EventEmitter } from 'eventemitter3'
import { AccountEngine } from './account/account-engine.js'
import type { WrittenOptions } from './account/symbol-roster.js'
import { announceEvent } from './announce-events.js'
import type { Decided } from './book/mailbox.js'
import type { CommandAnswer } from './command-answer.js'
import { assertClosingRules } from './closing-rules.js'
import { CommandDesk } from './command-desk.js'
import { ManagerError } from './manager-error.js'
import type { ManagerEvents, Recorded } from './manager-events.js'
import type { EngineOptions, ManagerOptions, StopOptions } from './manager-options.js'
import type {
  AddRequest,
  AdvisedSize,
  CloseRequest,
  OpenRequest,
  SelectRequest,
  SelectedPart,
  SizeAdviceRequest,
  SymbolRequest,
  TrancheRequest,
} from './manager-requests.js'
import { type AccountState, readAccountState } from './read/account-state.js'
import { type BookReading, type MarketReading, readBookOf, readMarketOf } from './read/book-reading.js'
import { advisedSizeOf, entryAnswerOf, liveGroupOf, partsToClose } from './read/live-groups.js'
import type { ReconcileReport } from './reconcile/reconciler.js'
import { rehearseRepair } from './repair/rehearse-repair.js'
import { repairLive, type RepairRequest } from './repair/repair-live.js'
import type { RepairResult } from './repair/repair-result.js'
import type { RepairScope } from './repair/repair-setup.js'
import { type ProtectionReport, verifyProtection } from './repair/verify-protection.js'
import { type ManagerGauges, readGauges } from './report/gauges.js'
import type { Health } from './report/health.js'
import { whyOf } from './report/logger.js'
import type { ManagerMetrics } from './report/metrics.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/**
 * Keeps the tranches of one account at one venue: decides, records, and only then acts. Decimals are text on the way in, `Decimal`
 * on the way out. What it says is typed in {@link ManagerEvents}.
 */
export class TrancheManager extends EventEmitter<ManagerEvents> {
  protected readonly engine: AccountEngine
  private readonly options: ManagerOptions
  private readonly desk: CommandDesk
  private repairs: Promise<unknown> = Promise.resolve()

  protected constructor(options: EngineOptions) {
    super()
    this.options = options
    this.engine = new AccountEngine(options, {
      onEvents: (loop, events) => {
        for (const event of events)
          this.tell(() => {
            announceEvent(this, loop.book, event)
          })
      },
      onRefused: (input, refusal) => {
        const { account, symbol } = input
        this.tell(() => this.emit('inputRefused', { account, symbol, input, refusal }))
      },
      onEquityDiffers: (check) => {
        this.tell(() => this.emit('equityDiffers', check))
      },
      onHealth: (health) => {
        this.tell(() => this.emit('healthChanged', health))
      },
    })
    this.desk = new CommandDesk(this.engine)
  }

  /**
   * A manager that has not started.
   *
   * @throws {ManagerError} `manager.wrong-account`
   * @throws {InvariantError} `closing.rule-unknown` where the configuration names a rule that is neither built in nor registered
   */
  static open(options: ManagerOptions): TrancheManager {
    const { account, venue, config, closingRules } = options
    assertClosingRules(config, closingRules)
    if (venue.account === account) return new TrancheManager(options)
    throw new ManagerError(
      'manager.wrong-account',
      `expected a venue opened for account ${account}, got one for ${venue.account}: open it with the same name`,
      { details: { expected: account, actual: venue.account } },
    )
  }

  /**
   * Takes the lease, replays and verifies the log, compares with the venue, protects; settles when live and each symbol has had its
   * first price: entries may be asked for at once. A price that has not come after ten seconds is not waited for: health then names
   * the symbol, `priceSilent`, until it comes.
   *
   * In another position mode than configured it starts halted: nothing but protection is sent.
   *
   * @throws {ManagerError} `manager.lease-held`, `manager.log-damaged`, `manager.position-mode`, `manager.stopped`, and
   * `manager.venue-unreachable` where the venue did not answer for `startTimeoutMs`
   * @throws {VenueError} `venue.credentials.refused`
   */
  async start(): Promise<void> {
    await this.engine.start()
  }

  /** Drains: what is decided is recorded, what is being sent is answered. Orders at the venue stay. */
  async stop(options: StopOptions = {}): Promise<void> {
    await this.engine.stop(options)
  }

  get health(): Health {
    return this.engine.life.health.value
  }

  /** Figures since the start, and how things stand now. */
  get metrics(): ManagerMetrics & ManagerGauges {
    return { ...this.engine.metrics, ...readGauges(this.engine.list(), this.engine.now()) }
  }

  /** Of the lease it writes under; `null` before it has one. */
  get epoch(): number | null {
    return this.engine.life.epoch
  }

  get symbols(): readonly string[] {
    return this.desk.symbols
  }

  /**
   * Manages one more symbol from now on, with options written as in a configuration file over the defaults. It settles once the
   * symbol was compared with the venue and its first price has come, or has not come for ten seconds.
   *
   * @throws {ManagerError} `manager.unknown-symbol` where the venue does not list it
   * @throws {ConfigError} `config.invalid`
   */
  async addSymbol(symbol: string, options: WrittenOptions = {}): Promise<void> {
    await this.engine.roster.add(symbol, options)
  }

  /** Manages a symbol no longer; it must be flat, with no orders. Its log stays. @throws {ManagerError} `manager.symbol-open` */
  async removeSymbol(symbol: string): Promise<void> {
    await this.engine.roster.remove(this.desk.loopOf(symbol))
  }

  /** Changes options of a symbol, written as in a configuration file; recorded, and in force after a restart too. */
  async changeConfiguration(
    symbol: string,
    options: WrittenOptions,
    actor: string | null = null,
  ): Promise<CommandAnswer> {
    return this.command(symbol, { command: 'configure', options, actor })
  }

  /** A book as the log has it now, frozen, with what it is looked at with. */
  readBook(symbol: string): BookReading {
    return readBookOf(this.desk.loopOf(symbol), this.engine.instrumentOf(symbol))
  }

  /** What a book is looked at with: its configuration, instrument and newest mark. */
  readMarket(symbol: string): MarketReading {
    return readMarketOf(this.desk.loopOf(symbol), this.engine.instrumentOf(symbol))
  }

  /** The venue's time now, epoch ms. */
  get time(): number {
    return this.engine.now()
  }

  /** How the account stands, in one value. */
  accountState(): AccountState {
    return readAccountState(this.engine, this.options)
  }

  /** What the newest complete comparison with the venue found; `null` = there was none yet. */
  lastReconcile(): ReconcileReport | null {
    return this.engine.sync.last
  }

  /** Whether every open position is behind stops that rest at the venue. Reads only. @throws {VenueError} */
  async verifyProtection(scope: RepairScope = {}): Promise<ProtectionReport> {
    return verifyProtection(this.options, scope)
  }

  /**
   * Compares with the venue, then does what a repair is about, and waits for the outcome; a dry run does nothing of it. One repair after
   * the other: each looks at what the one before it has left.
   */
  async repair(kind: RepairKind, request: RepairRequest = {}): Promise<RepairResult> {
    if (request.dryRun === true) return rehearseRepair(this.options, request, kind)
    const watch = (listener: (recorded: Recorded) => void): (() => void) => {
      this.on('event', listener)
      return () => this.off('event', listener)
    }
    const turn = this.repairs.then(async () =>
      repairLive({ engine: this.engine, setup: this.options, watch }, request, kind),
    )
    this.repairs = turn.catch(() => undefined)
    return turn
  }

  /** Whether an entry would be sent now. It holds nothing: only `openTranche` takes the slot. */
  canOpenNewTranche(request: OpenRequest): EntryAnswer {
    const loop = this.desk.loopOf(request.symbol)
    return entryAnswerOf(loop, request, this.engine.now())
  }

  /**
   * Advises how large an entry might be: by `trancheAllocation`, `sizingShape` and the signal's strength, within every limit of size and
   * on the step. Whether it may be sent at all is asked of `canOpenNewTranche`.
   */
  adviseSize(request: SizeAdviceRequest): AdvisedSize {
    return advisedSizeOf(this.desk.loopOf(request.symbol), request, this.engine.now())
  }

  /** Intends an entry. The tranche opens with its first fill. */
  async openTranche({ symbol, ...request }: OpenRequest): Promise<CommandAnswer> {
    return this.command(symbol, { command: 'openTranche', ...request })
  }

  /** Intends an entry that feeds an open tranche, named by label or id. */
  async addToTranche({ symbol, ...request }: AddRequest): Promise<CommandAnswer> {
    return this.command(symbol, { command: 'addToTranche', ...request })
  }

  /** Intends an exit of a tranche, all of it or a part. It closes with its fills. */
  async closeTranche({ symbol, ...request }: CloseRequest): Promise<CommandAnswer> {
    return this.command(symbol, { command: 'closeTranche', ...request })
  }

  async isolateTranche({ symbol, ...request }: TrancheRequest): Promise<CommandAnswer> {
    return this.command(symbol, { command: 'isolateTranche', ...request })
  }

  /** Which tranches a closing quantity would take from, by the symbol's closing rule; at the newest mark unless a price is given. */
  selectTranchesToClose(request: SelectRequest): readonly SelectedPart[] {
    return partsToClose(this.desk.loopOf(request.symbol), request)
  }

  /** Books a fill that did not come through the venue's stream. One that is known already has no effect. */
  async processOrderFill(fill: FillInput): Promise<Decided> {
    return this.desk.loopOf(fill.symbol).ask(fill)
  }

  /** Compares all books with the venue now. @throws {VenueError} when it could not be asked */
  async syncWithExchange(): Promise<ReconcileReport> {
    return this.engine.sync.reconcile('command')
  }

  /** Takes a mark price that did not come through the venue's stream, and gives both groups at it. */
  async updateUnrealizedPnl(symbol: string, price: DecimalText): Promise<readonly LiveGroupView[]> {
    const loop = this.desk.loopOf(symbol)
    const time = this.engine.now()
    const { account } = this.options
    await loop.ask({ type: 'mark', id: `mark:${time}`, time, account, symbol, price: parsePrice(price) })
    return SIDES.map((side) => this.getTrancheGroup(symbol, side))
  }

  /** Open tranches of a group, in the order they opened. */
  getTranches(symbol: string, side: Side): LiveGroupView['tranches'] {
    return this.getTrancheGroup(symbol, side).tranches
  }

  /** A group as the log has it, at the newest mark. */
  getTrancheGroup(symbol: string, side: Side): LiveGroupView {
    const loop = this.desk.loopOf(symbol)
    return liveGroupOf(loop, side, { instrument: this.engine.instrumentOf(symbol), now: this.engine.now() })
  }

  getAllTrancheGroups(): readonly LiveGroupView[] {
    return this.symbols.flatMap((symbol) => SIDES.map((side) => this.getTrancheGroup(symbol, side)))
  }

  /** No new entries, those that rest are cancelled; protection goes on. Of one symbol, or of all. */
  async pause(request: SymbolRequest = {}): Promise<readonly CommandAnswer[]> {
    return this.desk.commandEach(request, 'pause')
  }

  /** As {@link pause}; what is open is finished. */
  async gracefulStop(request: SymbolRequest = {}): Promise<readonly CommandAnswer[]> {
    return this.desk.commandEach(request, 'gracefulStop')
  }

  /** Cancels entries and closes everything at market, with real orders. */
  async killSwitch(request: SymbolRequest = {}): Promise<readonly CommandAnswer[]> {
    return this.desk.commandEach(request, 'killSwitch')
  }

  /** Entries again, where nothing else is in their way. Asks the venue how it holds positions. @throws {VenueError} */
  async resume(request: SymbolRequest = {}): Promise<readonly CommandAnswer[]> {
    return this.desk.commandEach(request, 'resume')
  }

  /** Any command of a book, as an input line writes it. @throws {InputError} `input.malformed` */
  async command(symbol: string, command: Readonly<Record<string, unknown>>): Promise<CommandAnswer> {
    return this.desk.command(symbol, command)
  }

  /** A listener that throws must not stop the loop. */
  private tell(say: () => void): void {
    try {
      say()
    } catch (error) {
      this.options.logger?.error({ why: whyOf(error) }, 'a listener has thrown')
    }
  }
}
