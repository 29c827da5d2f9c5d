import type { TrancheBook } from '../book/book.js'
import type { AccountSummary, ClosingRule, ObservedMark, SendingMode } from '../book/context.js'
import type { BookEvent } from '../book/events.js'
import { configFor } from '../config/parse-config.js'
import type { PositionMode, TranchebookConfig } from '../config/symbol-config.js'
import type { Refusal } from '../decide/refuse.js'
import type { InvariantError } from '../errors.js'
import { type Instrument, unknownInstrument } from '../instrument/instrument.js'
import { type Arrival, type ArrivalWindow, createArrivalWindow } from '../observe/arrival-window.js'
import type { Input } from '../observe/inputs.js'
import { accountShareOf, summariseAccount } from '../policy/account-share.js'
import { ALONE, type BookRun, runBook, setupFor } from './run-book.js'

/** How recorded inputs shall be decided. */
export interface RunOptions {
  readonly config: TranchebookConfig
  /** `null` = as the first input with a position side shows, book by book; as configured where none has one. */
  readonly positionMode: PositionMode | null
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly closingRules: ReadonlyMap<string, ClosingRule>
  readonly sending: SendingMode
}

/** An input that was refused, as it came, and why. */
export interface RefusedInput {
  readonly input: Input
  readonly refusal: Refusal
}

/** One book after a run. */
export interface RanBook {
  readonly book: TrancheBook
  readonly market: ObservedMark | null
  /** All it recorded, in order. */
  readonly events: readonly BookEvent[]
}

/** What came of a run. */
export interface RunResult {
  readonly books: readonly RanBook[]
  readonly refused: readonly RefusedInput[]
}

/** Lets a caller watch a run, and change its inputs as their turn comes. */
export interface RunSeam {
  /** The input to decide instead. */
  readonly meet?: (input: Input, run: BookRun) => Input
  /** Called once the events of an input are folded. */
  readonly note?: (events: readonly BookEvent[], run: BookRun) => void
}

interface Driven {
  readonly run: BookRun
  readonly window: ArrivalWindow
  readonly windowMs: number
  readonly leverage: number
  readonly events: BookEvent[]
  readonly tradesByDay: Map<number, number>
}

const DAY_MS = 86_400_000

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS)
}

function countTrades({ tradesByDay }: Driven, events: readonly BookEvent[]): void {
  for (const event of events)
    if (event.type === 'FillBooked') tradesByDay.set(dayOf(event.time), (tradesByDay.get(dayOf(event.time)) ?? 0) + 1)
}

/** Books of the account that a book belongs to, itself included. */
function booksBeside(books: Iterable<Driven>, left: Driven): readonly Driven[] {
  return Array.from(books).filter(({ run }) => run.book.account === left.run.book.account)
}

function summaryWithout(books: Iterable<Driven>, left: Driven, time: number): AccountSummary {
  const parts = booksBeside(books, left).map((driven) => {
    const { book, market } = driven.run
    const mark = market?.price ?? book.mark?.price ?? null
    const share = driven === left ? null : accountShareOf(book, { mark, leverage: driven.leverage })
    return { share, tradesToday: driven.tradesByDay.get(dayOf(time)) ?? 0 }
  })
  return summariseAccount(parts)
}

/** The mode that is stated, or that an input shows; `null` = not yet known. */
function modeOf(input: Input, options: RunOptions): PositionMode | null {
  if (options.positionMode !== null) return options.positionMode
  if (input.type !== 'fill' && input.type !== 'position') return null
  return input.positionSide === 'BOTH' ? 'ONE_WAY' : 'HEDGE'
}

/** Where rules are tried out, a broken one ends the run. */
function failLoudly(_rule: string, error: InvariantError): never {
  throw error
}

function startBook(input: Input, positionMode: PositionMode, options: RunOptions): Driven {
  const config = configFor(options.config, input.symbol)
  const run = runBook(
    { account: input.account, symbol: input.symbol, positionMode },
    setupFor(options.config, input.symbol, {
      instrument: options.instruments.get(input.symbol) ?? unknownInstrument(input.symbol),
      sending: options.sending,
      closingRules: options.closingRules,
      onBrokenRule: failLoudly,
    }),
  )
  const { reorderWindowMs: windowMs, leverage } = config
  return { run, window: createArrivalWindow(windowMs), windowMs, leverage, events: [], tradesByDay: new Map() }
}

/**
 * Decides recorded inputs in order, book by book, through the reorder window, as a live manager would have. Only a broken closing rule,
 * which a manager does without, ends the run.
 *
 * @throws {InvariantError} `closing.rule-broken`, `closing.rule-unknown`
 */
export function runInputs(inputs: Iterable<Input>, options: RunOptions, seam: RunSeam = {}): RunResult {
  const driven = new Map<string, Driven>()
  const refused: RefusedInput[] = []
  /** Inputs of books whose position mode no input has shown yet. */
  const held = new Map<string, Input[]>()

  /** Only a command can open an entry, and only entries ask about the rest of the account, as it stood then. */
  function accountAt(to: Driven, time: number): AccountSummary {
    for (const other of booksBeside(driven.values(), to))
      if (other !== to) for (const arrival of other.window.passTo(time)) take(other, arrival)
    return summaryWithout(driven.values(), to, time)
  }

  function take(to: Driven, { input: arrived, isLate }: Arrival): void {
    const input = seam.meet === undefined ? arrived : seam.meet(arrived, to.run)
    const account = input.type === 'command' ? accountAt(to, input.time) : ALONE
    const { events, refusal } = to.run.take(input, { isLate, account })
    to.events.push(...events)
    countTrades(to, events)
    seam.note?.(events, to.run)
    if (refusal !== null) refused.push({ input: arrived, refusal })
  }

  function push(to: Driven, input: Input): void {
    for (const arrival of to.window.push(input)) take(to, arrival)
  }

  function begin(key: string, positionMode: PositionMode): void {
    const [first, ...others] = held.get(key) ?? []
    held.delete(key)
    if (first === undefined) return
    const to = startBook(first, positionMode, options)
    driven.set(key, to)
    for (const input of [first, ...others]) push(to, input)
  }

  for (const input of inputs) {
    const key = `${input.account}/${input.symbol}`
    const known = driven.get(key)
    if (known !== undefined) {
      push(known, input)
      continue
    }
    const waiting = held.get(key)
    if (waiting === undefined) held.set(key, [input])
    else waiting.push(input)
    const mode = modeOf(input, options)
    if (mode !== null) begin(key, mode)
  }
  for (const key of Array.from(held.keys())) begin(key, options.config.positionMode)
  for (const to of driven.values()) {
    for (const arrival of to.window.flush()) take(to, arrival)
    settleLeftovers(to, take)
  }
  return { books: Array.from(driven.values(), ranBook), refused }
}

function ranBook({ run, events }: Driven): RanBook {
  return { book: run.book, market: run.market, events }
}

/** Closes still waiting for their entry when the inputs end have waited long enough. */
function settleLeftovers(to: Driven, take: (to: Driven, arrival: Arrival) => void): void {
  const { book } = to.run
  const { account, symbol } = book
  const waiting = [...book.groups.LONG.unmatched, ...book.groups.SHORT.unmatched].filter((fill) => !fill.isOrphan)
  if (waiting.length === 0) return
  const time = Math.max(...waiting.map((fill) => fill.time)) + to.windowMs + 1
  take(to, { input: { type: 'tick', id: `tick:${time}`, time, account, symbol }, isLate: false })
}
