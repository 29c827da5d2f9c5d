import { systemClock } from '@tranchebook/adapters'
import type { CommandInput, RepairKind, TrancheBook } from '@tranchebook/core'
import type { AccountEngine } from '../account/account-engine.js'
import { askPatiently, type PatienceHost } from '../account/patience.js'
import type { BookLoop } from '../book/book-loop.js'
import { isProtected } from '../book/book-standing.js'
import { pause } from '../clock/pause.js'
import type { Recorded } from '../manager-events.js'
import type { ReconcileReport } from '../reconcile/reconciler.js'
import { assertManaged, rehearseAccount } from './rehearse-account.js'
import { findingsOf } from './rehearse-repair.js'
import { type RepairResult, type RepairStep, stepsFrom } from './repair-result.js'
import type { Finding, RepairSetup } from './repair-setup.js'
import { assertNamesMatch, rollBackCommands, type RollBackRequest } from './roll-back-adoption.js'
import { takeOverCommands } from './take-over-commands.js'
import { whileAdopting } from './while-adopting.js'
import { reportProtection } from './verify-protection.js'

/** What is repaired, and how. */
export type RepairRequest = RollBackRequest

/** A running account. */
export interface RepairHost {
  readonly engine: AccountEngine
  readonly setup: RepairSetup
  /** Hears every recorded event, until the answer is called. */
  watch(listener: (recorded: Recorded) => void): () => void
}

const TIMEOUT_MS = 30_000
const LOOK_MS = 1000

function isUnderWay({ book }: BookLoop): boolean {
  return [...book.orders.values()].some(({ state, purpose }) => state !== 'working' && purpose !== 'entry')
}

function isDone(loops: readonly BookLoop[], kind: RepairKind, differing: readonly string[]): boolean {
  // What was given up stays at the venue: the books differ from it then.
  if (kind !== 'rollBack' && loops.some((loop) => differing.includes(loop.symbol))) return false
  if (kind === 'reconcile') return true
  return loops.every((loop) => isProtected(loop) && !isUnderWay(loop))
}

/** Compares and reviews until all is as it should be. False = time was up. */
async function settle({ engine, setup }: RepairHost, loops: readonly BookLoop[], request: Waiting): Promise<boolean> {
  const { clock = systemClock, signal = new AbortController().signal } = setup
  const until = clock.now() + request.timeoutMs
  for (;;) {
    const compare = async (): Promise<ReconcileReport> => engine.sync.reconcile(request.kind)
    const { differing } = await askPatiently(compare, request.patience)
    if (request.kind === 'takeOver')
      await askEach(loops, engine.now(), (book, time) => takeOverCommands(book, time, request.actor))
    for (const loop of loops) loop.requestReview()
    await Promise.all(loops.map(async (loop) => loop.idle()))
    if (isDone(loops, request.kind, differing)) return true
    if (clock.now() >= until || signal.aborted || engine.life.isOver) return false
    await pause(clock, LOOK_MS, engine.life.signal)
  }
}

interface Waiting extends Pick<RepairRequest, 'actor'> {
  readonly kind: RepairKind
  readonly timeoutMs: number
  /** Of each question to the venue. */
  readonly patience: PatienceHost
}

/** Gives each book the commands it calls for. */
async function askEach(
  loops: readonly BookLoop[],
  now: number,
  commandsOf: (book: TrancheBook, time: number) => readonly CommandInput[],
): Promise<void> {
  for (const loop of loops)
    for (const command of commandsOf(loop.book, Math.max(now, loop.book.time))) await loop.ask(command)
}

interface Asked extends Pick<RepairRequest, 'actor'> {
  readonly kind: RepairKind
}

/** Who asked stands in the log before what came of it. */
async function note(loops: readonly BookLoop[], now: number, { kind, actor = null }: Asked): Promise<void> {
  const noted = loops.map(async (loop) => {
    const { time: latest, account, symbol } = loop.book
    const time = Math.max(now, latest)
    return loop.ask({ type: 'command', id: `repair:${time}`, time, account, symbol, actor, command: 'repair', kind })
  })
  await Promise.all(noted)
}

function unfinished({ kind, timeoutMs }: Waiting): Finding {
  const message = `${kind} was not complete after ${timeoutMs} ms: look at the findings and the health, then run it again`
  return { level: 'problem', code: 'unfinished', symbol: null, message }
}

function loopsOf(engine: AccountEngine, symbols: readonly string[] | undefined): readonly BookLoop[] {
  assertManaged(symbols, [...engine.loops.keys()])
  return engine.list().filter(({ symbol }) => symbols?.includes(symbol) ?? true)
}

/**
 * Repairs a running account and says what was done.
 *
 * @throws {ManagerError} `manager.unknown-symbol`; `manager.unknown-tranche` where nothing open has a name that shall be rolled back
 * @throws {VenueError} where the venue could not be asked
 */
export async function repairLive(host: RepairHost, request: RepairRequest, kind: RepairKind): Promise<RepairResult> {
  const { engine, setup } = host
  // A book that has stopped records nothing.
  const loops = loopsOf(engine, request.symbols).filter(({ isHalted }) => !isHalted)
  if (kind === 'rollBack')
    assertNamesMatch(
      loops.map(({ book }) => book),
      request.tranches,
    )
  const { timeoutMs = TIMEOUT_MS, actor = null } = request
  const patience = { ...engine.patience, timeoutMs, giveUp: (_why: string, cause: unknown): unknown => cause }
  const waiting = { kind, timeoutMs, actor, patience }
  const steps: RepairStep[] = []
  const leave = host.watch(({ symbol, event }) => {
    if (loops.some((loop) => loop.symbol === symbol)) steps.push(...stepsFrom(symbol, [event]))
  })
  try {
    await note(loops, engine.now(), { ...request, kind })
    if (kind === 'rollBack') await askEach(loops, engine.now(), (book, time) => rollBackCommands(book, time, request))
    const work = async (): Promise<boolean> => settle(host, loops, waiting)
    const isComplete = kind === 'adopt' ? await whileAdopting(loops, work) : await work()
    const rehearsal = await askPatiently(async () => rehearseAccount(setup, request), patience)
    return {
      account: setup.account,
      time: rehearsal.time,
      isDryRun: false,
      steps,
      protection: reportProtection(rehearsal),
      findings: [...(isComplete ? [] : [unfinished(waiting)]), ...findingsOf(rehearsal, setup.config)],
    }
  } finally {
    leave()
  }
}
