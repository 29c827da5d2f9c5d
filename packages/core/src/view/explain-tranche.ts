import type { BookEvent, EventOf, OrderTerms } from '../book/events.js'
import { quoteAssetOf } from '../instrument/instrument.js'
import { averagePrice } from '../money/money.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity } from '../money/quantity.js'
import { type ExplainedLine, linesOf } from './explain-lines.js'
import { summarize } from './explain-summary.js'
import { layOutExplanation } from './explain-layout.js'
import { PLAIN_PRECISION, shortId, type TextPrecision } from './figure-text.js'
import { originWords } from './sentences/tranche-sentences.js'
import { type Show, showIn } from './sentences/sentence.js'
import { recordEvent } from './tranche-history.js'
import { emptyHistory, type TrancheHistory, type TrancheRecord } from './tranche-record.js'
import { formatClock, formatDay } from './time-text.js'

/** How an explanation is written. */
export interface ExplainOptions {
  readonly precision?: TextPrecision
  /** Quote per unit of assets that fees were paid in; the quote asset itself is worth 1. */
  readonly prices?: Readonly<Record<string, Price>>
  /** For what is still open; `null` = unknown. */
  readonly mark?: Price | null
}

/** What became of a tranche, and why. */
export interface TrancheExplanation {
  readonly tranche: string
  readonly title: string
  readonly lines: readonly ExplainedLine[]
  readonly summary: string
  /** All of it, laid out for a terminal. */
  readonly text: string
}

interface Story {
  readonly id: string
  readonly history: TrancheHistory
  readonly orders: Map<string, OrderTerms>
  readonly lines: ExplainedLine[]
  readonly show: Show
  symbol: string
  fill: EventOf<'FillBooked'> | null
  birth: EventOf<'TrancheOpened'> | null
  /** Open tranches of its side when a part of it was last closed. */
  others: readonly string[]
}

function concerns(event: BookEvent, id: string): boolean {
  if (event.type === 'TrancheMerged' && event.absorbed.includes(id)) return true
  if (event.type === 'EstimateReplaced') return event.parts.some(({ tranche }) => tranche === id)
  return 'tranche' in event && event.tranche === id
}

function orderBehind(event: BookEvent, { orders, fill }: Story): OrderTerms | null {
  if ('clientOrderId' in event && event.clientOrderId !== null) return orders.get(event.clientOrderId) ?? null
  const isOfFill = event.type === 'TrancheReduced' && fill !== null && fill.tradeId === event.tradeId
  return isOfFill && fill.clientOrderId !== null ? (orders.get(fill.clientOrderId) ?? null) : null
}

function othersOpen({ history, id }: Story): readonly string[] {
  const side = history.tranches.get(id)?.side
  return [...history.open.values()]
    .filter((record) => record.side === side && record.id !== id)
    .map((record) => record.id)
}

function listen(story: Story, event: BookEvent): void {
  if (event.type === 'BookOpened') story.symbol = event.symbol
  if (event.type === 'FillBooked') story.fill = event
  if (event.type === 'OrderIntended') story.orders.set(event.clientOrderId, event)
  if (event.type === 'TrancheOpened' && event.tranche === story.id) story.birth = event
  recordEvent(story.history, event)
  const record = story.history.tranches.get(story.id)
  if (record === undefined) return
  const order = orderBehind(event, story)
  const isOrdered = order?.allocation.some(({ tranche }) => tranche === story.id) === true
  if (!concerns(event, story.id) && !isOrdered) return
  story.lines.push(...linesOf(event, { record, show: story.show, order }))
  if (event.type === 'TrancheReduced') story.others = othersOpen(story)
}

function birthText({ birth, fill }: { birth: EventOf<'TrancheOpened'>; fill: string }): string {
  const by = birth.clientOrderId === null ? '' : ` by order ${shortId(birth.clientOrderId)}`
  return `${originWords(birth.origin)} ${formatDay(birth.time)} ${formatClock(birth.time)}${by}${fill}`
}

function titleOf({ symbol, birth, show }: Story, record: TrancheRecord): string {
  const { id, label, side, originalQuantity, basisCost, basisQuantity, priceEstimated } = record
  const name = label === null || label === id ? id : `${id} (${label})`
  const entry = show.price(formatPrice(averagePrice(basisCost, basisQuantity, 'nearest')))
  const size = `${show.quantity(formatQuantity(originalQuantity))} @ ${entry}${priceEstimated ? ' (estimated)' : ''}`
  const fill = birth?.tradeId == null ? '' : ` (fill ${birth.tradeId})`
  const born = birth === null ? '' : `, ${birthText({ birth, fill })}`
  return `${[name, side, symbol, size].filter((word) => word !== '').join(' ')}${born}`
}

/**
 * Tells the life of one tranche from the events of its book: every change with its reason, and what came of it all.
 * `null` when no such tranche ever opened.
 */
export function explainTranche(
  events: Iterable<BookEvent>,
  id: string,
  options: ExplainOptions = {},
): TrancheExplanation | null {
  const show = showIn(options.precision ?? PLAIN_PRECISION)
  const story: Story = {
    id,
    history: emptyHistory(),
    orders: new Map(),
    lines: [],
    show,
    symbol: '',
    fill: null,
    birth: null,
    others: [],
  }
  for (const event of events) listen(story, event)
  const record = story.history.tranches.get(id)
  if (record === undefined) return null
  const valuation = { quoteAsset: quoteAssetOf(story.symbol), prices: options.prices ?? {} }
  const mark = options.mark === undefined ? story.history.mark : options.mark
  const title = titleOf(story, record)
  const summary = summarize(record, { others: story.others, show, valuation, mark })
  const { lines } = story
  return { tranche: id, title, lines, summary, text: layOutExplanation({ title, lines, summary }) }
}
