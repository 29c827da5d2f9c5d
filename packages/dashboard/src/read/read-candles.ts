import { type CandleRequest, CANDLES_SHOWN, type CandlesView } from '../api/candle-view.js'
import type { BookPlace } from '../api/paths.js'
import { candlesFromLog } from '../view/candles-from-log.js'
import { lookAt, nowOf, type ReadContext } from './read-context.js'

/** Which candles are wanted; `null` = the newest {@link CANDLES_SHOWN}. */
export interface CandleQuestion extends BookPlace {
  readonly intervalMs: number
  readonly from: number | null
  readonly to: number | null
}

/** Candles of a book's symbol: the venue's where they can be had, otherwise those that the log shows. */
export async function readCandles(context: ReadContext, question: CandleQuestion): Promise<CandlesView> {
  const { account, symbol, intervalMs } = question
  await lookAt(context, question)
  const to = question.to ?? nowOf(context)
  const earliest = to - intervalMs * (CANDLES_SHOWN - 1)
  const { candles, store } = context.source
  if (candles !== null) {
    const request: CandleRequest = { symbol, intervalMs, from: Math.max(question.from ?? earliest, earliest), to }
    return { symbol, intervalMs, origin: 'venue', candles: await candles(request) }
  }
  const request: CandleRequest = { symbol, intervalMs, from: question.from ?? 0, to }
  const made = await candlesFromLog(store.replay(`${account}/${symbol}`), request)
  return { symbol, intervalMs, origin: 'log', candles: made }
}
