import {
  type BookEvent,
  type Input,
  type Instrument,
  type ObservedMark,
  runInputs,
  type RunOptions,
  type RunResult,
  type SendingMode,
  type TrancheBook,
} from '@tranchebook/core'
import type { ReadConfig } from '../read/read-config.js'
import type { BrokenBook, RecordedInputs, Recording } from '../read/recording.js'

/** A book after a recording, and all it recorded. */
export interface PlayedBook {
  readonly book: TrancheBook
  /** Newest mark, recorded or not; `null` = none came, or the book was folded from its log. */
  readonly market: ObservedMark | null
  readonly events: readonly BookEvent[]
}

/** An input that a book refused. */
export interface Refused {
  readonly line: number
  readonly input: Input
  readonly message: string
}

/** What came of a recording. */
export interface Played {
  readonly books: readonly PlayedBook[]
  readonly broken: readonly BrokenBook[]
  readonly refused: readonly Refused[]
  /** Fills that came again and had no second effect. */
  readonly duplicates: number
}

/** What decides recorded inputs. */
export interface Rules extends ReadConfig {
  readonly instruments: ReadonlyMap<string, Instrument>
}

function countDuplicates(inputs: readonly Input[], played: Omit<Played, 'duplicates'>): number {
  const fills = inputs.filter((input) => input.type === 'fill').length
  const refused = played.refused.filter(({ input }) => input.type === 'fill').length
  const booked = played.books.reduce(
    (sum, { events }) => sum + events.filter((event) => event.type === 'FillBooked').length,
    0,
  )
  return fills - refused - booked
}

/** What the core is asked to decide by: rules as they are, built-in closing rules, and what may be intended. */
export function runOptionsOf({ config, positionMode, instruments }: Rules, sending: SendingMode): RunOptions {
  return { config, positionMode, instruments, closingRules: new Map(), sending }
}

/** Commands that the book recorded as refused, by the id of their input; not those that only want an order sent. */
function refusedCommands({ books }: RunResult): ReadonlyMap<string, string> {
  const events = books.flatMap((ran) => ran.events)
  return new Map(
    events.flatMap((event) =>
      event.type === 'CommandRefused' && event.code !== 'notSending'
        ? [[event.causationId, `${event.command}: ${event.message}`] as const]
        : [],
    ),
  )
}

function refusedInputs(inputs: readonly Input[], result: RunResult): readonly Omit<Refused, 'line'>[] {
  const commands = refusedCommands(result)
  return [
    ...result.refused.map(({ input, refusal }) => ({ input, message: refusal.message })),
    ...inputs.flatMap((input) => {
      const message = input.type === 'command' ? commands.get(input.id) : undefined
      return message === undefined ? [] : [{ input, message }]
    }),
  ]
}

function decideInputs({ inputs, lines }: RecordedInputs, rules: Rules): Played {
  const result = runInputs(inputs, runOptionsOf(rules, 'observe'))
  const lineOf = new Map(inputs.map((input, index) => [input, lines[index] ?? 0]))
  const refused = refusedInputs(inputs, result)
    .map(({ input, message }) => ({ input, message, line: lineOf.get(input) ?? 0 }))
    .toSorted((left, right) => left.line - right.line)
  const played = { books: result.books, broken: [], refused }
  return { ...played, duplicates: countDuplicates(inputs, played) }
}

/** Decides recorded inputs, sending nothing; a log is taken as it was folded. */
export function playRecording(recording: Recording, rules: Rules): Played {
  if (recording.type === 'inputs') return decideInputs(recording, rules)
  const books = recording.books.map((recorded) => ({ ...recorded, market: null }))
  return { books, broken: recording.broken, refused: [], duplicates: 0 }
}
