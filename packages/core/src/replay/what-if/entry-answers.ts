import { seenFill, streamOf } from '../../book/book.js'
import { unknownInstrument } from '../../instrument/instrument.js'
import type { FillInput, Input } from '../../observe/inputs.js'
import type { EntryAnswer } from '../../policy/entry-answer.js'
import { canOpenNewTranche } from '../../policy/entry-limits.js'
import { ALONE, type BookRun } from '../run-book.js'
import type { RunOptions } from '../run-inputs.js'

/** What the limits of a run would have said to fills that nobody asked it about. */
export interface EntryAnswers {
  /** Asks, if this is a new fill, before it is booked. */
  ask(input: Input, run: BookRun): void
  /** The answer; `null` = not asked. */
  answerTo(stream: string, tradeId: string): EntryAnswer | null
}

function sideOf(fill: FillInput): 'LONG' | 'SHORT' {
  if (fill.positionSide !== 'BOTH') return fill.positionSide
  return fill.side === 'BUY' ? 'LONG' : 'SHORT'
}

/** The fill's own price stands for the mark; limits over the account's other books are not asked. */
function answer(fill: FillInput, run: BookRun, options: RunOptions): EntryAnswer {
  const { quantity, price, time } = fill
  const request = { side: sideOf(fill), quantity, price: null, signalStrength: null, tranche: null, time }
  return canOpenNewTranche(run.book, request, {
    config: run.config,
    limits: options.config.limits,
    instrument: options.instruments.get(fill.symbol) ?? unknownInstrument(fill.symbol),
    account: ALONE,
    readiness: { isLive: true, reasons: [] },
    sending: options.sending,
    market: { price, high: price, low: price, time },
    conditionalRoom: null,
    closingRules: options.closingRules,
    isLate: false,
  })
}

/** Nothing asked yet. */
export function createEntryAnswers(options: RunOptions): EntryAnswers {
  const answers = new Map<string, EntryAnswer>()
  return {
    ask(input, run) {
      if (input.type !== 'fill' || seenFill(run.book.fills, input.tradeId) !== undefined) return
      answers.set(`${streamOf(run.book)} ${input.tradeId}`, answer(input, run, options))
    },
    answerTo: (stream, tradeId) => answers.get(`${stream} ${tradeId}`) ?? null,
  }
}
