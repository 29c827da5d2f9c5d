import type { Amounts } from '../book/tranche.js'
import { plus } from '../money/arithmetic.js'
import { asMoney, formatMoney, type Money, NO_MONEY } from '../money/money.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity } from '../money/quantity.js'
import { figureText } from './figure-text.js'
import { feesOf } from './present-tranche.js'
import { unrealizedAt } from './profit-figures.js'
import { listed, type Show } from './sentences/sentence.js'
import type { TrancheRecord } from './tranche-record.js'
import { netOf, type Valuation, valueInQuote } from './valuation.js'

/** What a summary is written with. */
export interface SummaryContext {
  /** Open tranches of its side when a part of it was last closed. */
  readonly others: readonly string[]
  readonly show: Show
  readonly valuation: Valuation
  readonly mark: Price | null
}

function amountsText(amounts: Amounts): string {
  const parts = Object.entries(amounts).filter(([, amount]) => amount !== 0n)
  return parts.map(([asset, amount]) => `${figureText(formatMoney(amount))} ${asset}`).join(' + ')
}

function unsigned(gain: string): string {
  return gain.replace(/^\+/, '')
}

function resultWords(record: TrancheRecord, { show, valuation }: SummaryContext): string {
  const gross = show.gain(formatMoney(record.realizedPnl))
  const paid = feesOf(record)
  const fees = valueInQuote(paid, valuation)
  const funding = valueInQuote(record.funding, valuation)
  if (record.unknownFeeCount > 0) return `gross ${gross}; not all fees are known yet`
  const net = netOf(record.realizedPnl, fees, funding)
  if (net === null || fees === null || funding === null) {
    const unpriced = [amountsText(paid), amountsText(record.funding)].filter((text) => text !== '')
    return `gross ${gross}; unpriced: ${unpriced.join(' fees, ')}`
  }
  const funded = funding === 0n ? '' : ` and ${show.gain(formatMoney(funding))} funding`
  return `net ${show.gain(formatMoney(net))} after ${unsigned(show.gain(formatMoney(fees)))} fees${funded}`
}

function bridgeOf(record: TrancheRecord): Money | null {
  return record.reductions.reduce<Money | null>(
    (sum, { bridge }) => (sum === null || bridge === null ? null : plus(sum, bridge)),
    record.reductions.length === 0 ? null : NO_MONEY,
  )
}

function bridgeWords(record: TrancheRecord, { others, show }: SummaryContext): string {
  const bridge = bridgeOf(record)
  if (bridge === null) return ''
  if (bridge === 0n) return '; the venue shows the same realized'
  const venue = show.gain(formatMoney(asMoney(record.realizedPnl + bridge)))
  const where = others.length === 0 ? 'is what earlier closes had left' : `sits in ${listed(others)}`
  return `; the venue shows ${venue} realized (average cost): the bridge of ${show.gain(formatMoney(bridge))} ${where}`
}

function openWords(record: TrancheRecord, { show, mark }: SummaryContext): string {
  const { side, cost, quantity, originalQuantity, stopPrice, stopRung } = record
  const open = `${show.quantity(formatQuantity(quantity))} of ${show.quantity(formatQuantity(originalQuantity))} still open`
  const unrealized = unrealizedAt({ side, cost, quantity }, mark)
  const worth =
    unrealized === null ? 'worth unknown without a mark' : `${show.gain(formatMoney(unrealized))} at the mark`
  const stop = stopPrice === null ? 'no stop' : `stop ${show.price(formatPrice(stopPrice))} (${stopRung})`
  return `${open}, ${worth}, ${stop}${record.isolated ? ', isolated' : ''}; `
}

/** What came of a tranche: what is open, the net result, and why the venue shows another figure. */
export function summarize(record: TrancheRecord, context: SummaryContext): string {
  if (record.status === 'merged')
    return `merged into ${record.mergedInto ?? 'another tranche'}, which carries its figures on`
  const open = record.status === 'active' ? openWords(record, context) : ''
  return `${open}${resultWords(record, context)}${bridgeWords(record, context)}`
}
