import type { TrancheBook } from '../../book/book.js'
import type { Input } from '../../observe/inputs.js'
import { type RunOptions, type RunResult, runInputs } from '../run-inputs.js'
import { createEntryAnswers, type EntryAnswers } from './entry-answers.js'
import { createOrderNames, type OrderNames } from './order-names.js'

/** One of the two runs, with what it is asked about afterwards. */
export interface WatchedRun {
  readonly result: RunResult
  readonly orders: OrderNames
  readonly answers: EntryAnswers
}

/** What the order behind an input is, as the base run knew it when the input came; `null` = it knew no such order. */
type OrdersBehind = ReadonlyMap<Input, string | null>

function clientOrderIdOf(input: Input): string | null {
  return input.type === 'fill' || input.type === 'order' ? input.clientOrderId : null
}

function runBase(
  inputs: readonly Input[],
  options: RunOptions,
): { readonly run: WatchedRun; readonly behind: OrdersBehind } {
  const orders = createOrderNames()
  const answers = createEntryAnswers(options)
  const behind = new Map<Input, string | null>()
  const result = runInputs(inputs, options, {
    meet(input, run) {
      answers.ask(input, run)
      const clientOrderId = clientOrderIdOf(input)
      if (clientOrderId !== null) behind.set(input, orders.keyOf(run.book, clientOrderId))
      return input
    },
    note: (events, { book }) => orders.note(events, book),
  })
  return { run: { result, orders, answers }, behind }
}

/** A fill is a fact, whoever asked for it: without the order behind it, it comes as somebody else's trade. */
function foreign(clientOrderId: string): string {
  return `base:${clientOrderId}`
}

function renamed(input: Input, clientOrderId: string): Input {
  return input.type === 'fill' || input.type === 'order' ? { ...input, clientOrderId } : input
}

function runOther(inputs: readonly Input[], options: RunOptions, behind: OrdersBehind): WatchedRun {
  const orders = createOrderNames()
  const answers = createEntryAnswers(options)

  /** Recorded names are those of the base run: here the same order may have another name, or none, and another order this one. */
  function rename(input: Input, book: TrancheBook): Input {
    const clientOrderId = clientOrderIdOf(input)
    if (clientOrderId === null) return input
    const key = behind.get(input) ?? null
    if (key !== null) return renamed(input, orders.nameOf(book, key) ?? foreign(clientOrderId))
    return book.orders.has(clientOrderId) ? renamed(input, foreign(clientOrderId)) : input
  }

  const result = runInputs(inputs, options, {
    meet(input, run) {
      answers.ask(input, run)
      return rename(input, run.book)
    },
    note: (events, { book }) => orders.note(events, book),
  })
  return { result, orders, answers }
}

/** Decides the same recorded inputs twice: as they were, then with the other options, order names carried over. */
export function runBoth(
  inputs: Iterable<Input>,
  base: RunOptions,
  other: RunOptions,
): { readonly base: WatchedRun; readonly other: WatchedRun } {
  const recorded = [...inputs]
  const first = runBase(recorded, base)
  return { base: first.run, other: runOther(recorded, other, first.behind) }
}
