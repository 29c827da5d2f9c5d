import type { TrancheBook } from '../../src/book/book.js'
import type { BookEvent, EventOf, EventType } from '../../src/book/events.js'
import type { Side, Tranche } from '../../src/book/tranche.js'
import type { PositionMode, SymbolConfig } from '../../src/config/symbol-config.js'
import type { Refusal } from '../../src/decide/refuse.js'
import { type Instrument, unknownInstrument } from '../../src/instrument/instrument.js'
import { formatMoney } from '../../src/money/money.js'
import { formatQuantity } from '../../src/money/quantity.js'
import { parseInput } from '../../src/observe/parse-input.js'
import { runBook, type RunSetup } from '../../src/replay/run-book.js'
import { NO_LIMITS, PLAIN_CONFIG } from './context-builder.js'

/** An input line; symbol, time and ids are filled in. */
export type Line = Readonly<Record<string, unknown>>

/** What is special about a book that a test brings to life. */
export interface LifeChanges {
  readonly config?: Partial<SymbolConfig>
  readonly positionMode?: PositionMode
  readonly instrument?: Partial<Instrument>
  readonly setup?: Partial<RunSetup>
}

/** A book that lives through input lines, each parsed, decided and folded as in earnest. */
export interface Life {
  readonly book: TrancheBook
  /** All it recorded. */
  readonly events: readonly BookEvent[]
  /** Tells it something; gives what it recorded because of that. A line without a time comes a second after the last one. */
  tell(line: Line, circumstances?: { readonly isLate?: boolean }): readonly BookEvent[]
  /** Tells it several things; gives what it recorded because of the last. */
  tellAll(lines: readonly Line[]): readonly BookEvent[]
  /** Why it refused the last line, if it did. */
  refusal(): Refusal | null
}

/** A hedge book of BTCUSDT with the defaults, no filters known, that reconciles at the first look, unless told otherwise. */
export function aLife({ config = {}, positionMode = 'HEDGE', instrument = {}, setup = {} }: LifeChanges = {}): Life {
  const symbol = 'BTCUSDT'
  const run = runBook(
    { account: 'main', symbol, positionMode },
    {
      config: { ...PLAIN_CONFIG, driftSettleMs: 0, ...config },
      limits: NO_LIMITS,
      instrument: { ...unknownInstrument(symbol), ...instrument },
      readiness: { isLive: true, reasons: [] },
      sending: 'trade',
      conditionalRoom: null,
      closingRules: new Map(),
      ...setup,
    },
  )
  const events: BookEvent[] = []
  let sequence = 0
  let time = 0
  let refusal: Refusal | null = null

  function tell(line: Line, circumstances: { readonly isLate?: boolean } = {}): readonly BookEvent[] {
    sequence += 1
    time = typeof line['time'] === 'number' ? Math.max(time, line['time']) : time + 1000
    const id =
      line['type'] === 'fill'
        ? { tradeId: String(1_000_000 + sequence) }
        : line['type'] === 'funding'
          ? { id: String(sequence) }
          : {}
    const input = parseInput({ symbol, time, ...id, ...line }, { account: 'main', positionMode, sequence })
    const step = run.take(input, circumstances)
    refusal = step.refusal
    events.push(...step.events)
    return step.events
  }

  return {
    book: run.book,
    events,
    tell,
    tellAll: (lines) => lines.reduce<readonly BookEvent[]>((_, line) => tell(line), []),
    refusal: () => refusal,
  }
}

/** A fill of a hedge book that opens. */
export function buys(quantity: string, price: string, more: Line = {}): Line {
  return { type: 'fill', side: 'BUY', positionSide: 'LONG', quantity, price, ...more }
}

/** A fill of a hedge book that closes. */
export function sells(quantity: string, price: string, more: Line = {}): Line {
  return { type: 'fill', side: 'SELL', positionSide: 'LONG', quantity, price, ...more }
}

/** A SHORT fill of a hedge book that opens. */
export function shorts(quantity: string, price: string, more: Line = {}): Line {
  return { type: 'fill', side: 'SELL', positionSide: 'SHORT', quantity, price, ...more }
}

/** A SHORT fill of a hedge book that closes. */
export function covers(quantity: string, price: string, more: Line = {}): Line {
  return { type: 'fill', side: 'BUY', positionSide: 'SHORT', quantity, price, ...more }
}

/** A fill of a one-way book. */
export function nets(side: 'BUY' | 'SELL', quantity: string, price: string, more: Line = {}): Line {
  return { type: 'fill', side, positionSide: 'BOTH', quantity, price, ...more }
}

/** A mark price. */
export function marks(price: string, more: Line = {}): Line {
  return { type: 'mark', price, ...more }
}

/** A position report of a hedge book's LONG, unless it says otherwise. */
export function reports(quantity: string, more: Line = {}): Line {
  return { type: 'position', positionSide: 'LONG', quantity, ...more }
}

/** A command. */
export function asks(command: string, more: Line = {}): Line {
  return { type: 'command', command, ...more }
}

/** News of an order. */
export function answers(clientOrderId: string, status: string, more: Line = {}): Line {
  return { type: 'order', clientOrderId, status, ...more }
}

/** The types of events, in order. */
export function typesOf(events: readonly BookEvent[]): readonly EventType[] {
  return events.map((event) => event.type)
}

/** Events of one type. */
export function eventsOf<Type extends EventType>(events: readonly BookEvent[], type: Type): readonly EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type)
}

/** The one event of a type. */
export function theOne<Type extends EventType>(events: readonly BookEvent[], type: Type): EventOf<Type> {
  const [first, ...others] = eventsOf(events, type)
  if (first === undefined || others.length > 0) throw new Error(`expected one ${type} in ${typesOf(events).join(', ')}`)
  return first
}

/** `T1 0.003, T2 0.001`: what is open. */
export function openOf(life: Life, side: Side = 'LONG'): string {
  return life.book.groups[side].tranches.map(({ id, quantity }) => `${id} ${formatQuantity(quantity)}`).join(', ')
}

/** An open tranche. */
export function trancheIn(life: Life, id: string): Tranche {
  const { LONG, SHORT } = life.book.groups
  const found = [...LONG.tranches, ...SHORT.tranches].find((tranche) => tranche.id === id)
  if (found === undefined) throw new Error(`no open tranche ${id}`)
  return found
}

/** Gross realized result of a side. */
export function realizedOf(life: Life, side: Side = 'LONG'): string {
  return formatMoney(life.book.groups[side].realizedPnl)
}
