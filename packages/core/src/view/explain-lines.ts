import type { BookEvent, EventOf, OrderTerms } from '../book/events.js'
import { ALL_PERCENT, asPercent, formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { divide } from '../money/rounding.js'
import { explainBecause } from './explain-because.js'
import { gainText, percentText, shortId } from './figure-text.js'
import { excursionsOf } from './profit-figures.js'
import { closeReasonWords, purposeWords } from './sentences/reason-words.js'
import { listed, type Show } from './sentences/sentence.js'
import type { TrancheRecord } from './tranche-record.js'

/** One thing that happened to a tranche. */
export interface ExplainedLine {
  /** Epoch ms. */
  readonly time: number
  readonly what: string
  /** What it earned or cost, or how far it was; `null` = neither. */
  readonly amount: string | null
  readonly why: string | null
}

/** What a line is written with. */
export interface LineContext {
  /** The tranche after the event. */
  readonly record: TrancheRecord
  readonly show: Show
  /** Our order behind the event's fill or report, if there is one. */
  readonly order: OrderTerms | null
}

function line(
  event: BookEvent,
  what: string,
  rest: { amount?: string | null; why?: string | null } = {},
): ExplainedLine {
  const why = rest.why === undefined ? (event.because === undefined ? null : explainBecause(event.because)) : rest.why
  return { time: event.time, what, amount: rest.amount ?? null, why }
}

function byOrder(order: OrderTerms | null): string {
  return order === null ? '' : ` (order ${shortId(order.clientOrderId)})`
}

function levelWords({ levels }: EventOf<'TrancheReduced'>, { record, order }: LineContext): string {
  const names = levels.map(({ level }) => {
    const profit = record.levels[level - 1]?.profitPercent
    return `TP${level}${profit === undefined ? '' : ` (${percentText(formatPercent(profit))})`}`
  })
  const how =
    order?.purpose === 'takeProfit'
      ? 'by its own order'
      : order?.reason === 'takeProfit'
        ? 'and closed at market'
        : 'on the way'
  return `${listed(names)} reached ${how}`
}

function shareWords(event: EventOf<'TrancheReduced'>, { record }: LineContext): string {
  const share = divide(parseQuantity(event.quantity) * ALL_PERCENT, record.originalQuantity, 'nearest')
  return `${percentText(formatPercent(asPercent(share)))} of the original quantity`
}

function missedTarget({ record, show }: LineContext): string {
  const next = record.levels.findIndex((level) => level.hitTime === null && level.quantity > 0n)
  const target: Price | null = next < 0 ? record.takeProfitPrice : (record.levels[next]?.price ?? null)
  const { best } = excursionsOf(record.side, record.highestMark, record.lowestMark)
  if (target === null || (record.levels.length > 0 && next < 0)) return ''
  const name = next < 0 ? 'its target' : `TP${next + 1}`
  const seen = best === null ? '' : `, best mark ${show.price(formatPrice(best))}`
  return `; ${name} ${show.price(formatPrice(target))} not reached${seen}`
}

function closeWords(event: EventOf<'TrancheReduced'>, context: LineContext): string {
  const { order } = context
  const proof = event.evidence === 'fill' ? '' : '; no fill proves it yet'
  if (event.levels.length > 0) return `${levelWords(event, context)}; ${shareWords(event, context)}${proof}`
  const words = `${closeReasonWords(event.reason)}${byOrder(order)}`
  if (event.reason === 'stop' || event.reason === 'failSafe') return `${words}${missedTarget(context)}${proof}`
  const choice = event.because !== undefined && order === null ? `; ${explainBecause(event.because)}` : ''
  return `${words}${choice}${proof}`
}

function orderTrouble(
  event: EventOf<'OrderRefused'> | EventOf<'OrderOutcomeUnknown'>,
  { order }: LineContext,
): ExplainedLine[] {
  if (order === null) return []
  const said = event.type === 'OrderRefused' ? [event.code, event.message] : [event.message]
  const words = said.filter((word) => word !== null).join(' ')
  const what = event.type === 'OrderRefused' ? 'was refused' : 'has an unknown outcome'
  return [
    line(event, `${purposeWords(order.purpose)} order ${shortId(order.clientOrderId)} ${what}`, {
      why: words === '' ? null : words,
    }),
  ]
}

function replacedLine(event: EventOf<'EstimateReplaced'>, { record, show }: LineContext): ExplainedLine[] {
  const part = event.parts.find(({ tranche }) => tranche === record.id)
  if (part === undefined) return []
  const sign = event.kind === 'entry' && record.side === 'LONG' ? -1n : 1n
  const gain = sign < 0n && part.correction !== '0' ? negated(part.correction) : part.correction
  const what = `${event.kind} of ${show.quantity(part.quantity)} proved @ ${show.price(event.price)}`
  return [line(event, what, { amount: gainText(gain), why: `fill ${event.tradeId} replaces the estimate` })]
}

function negated(text: string): string {
  return text.startsWith('-') ? text.slice(1) : `-${text}`
}

function stopLine(event: EventOf<'StopMoved'>, { show }: LineContext): ExplainedLine {
  const why = event.because === undefined ? event.rung : explainBecause(event.because)
  const { from, to, trailingBest } = event
  const isHeld = from === to && trailingBest !== null
  const what = isHeld
    ? `stop stays, trails from ${show.price(trailingBest)}`
    : `stop ${show.price(from)} → ${show.price(to)}`
  return line(event, what, {
    why: event.forced ? `forced: ${why}` : why,
  })
}

/** The lines of one event that concerns a tranche; none where another line says the same, or it says nothing of it. */
export function linesOf(event: BookEvent, context: LineContext): readonly ExplainedLine[] {
  const { record, show } = context
  switch (event.type) {
    case 'TrancheIncreased':
      return [line(event, `added ${show.quantity(event.quantity)} @ ${show.price(event.price)}`)]
    case 'TrancheReduced': {
      const what = `closed ${show.quantity(event.quantity)} @ ${show.price(event.price)}`
      return [line(event, what, { amount: show.gain(event.realizedPnl), why: closeWords(event, context) })]
    }
    case 'TrancheIsolated':
    case 'TrancheReleased': {
      const what = event.type === 'TrancheIsolated' ? 'isolated' : 'active again'
      return [line(event, `${what}${event.price === null ? '' : ` @ ${show.price(event.price)}`}`)]
    }
    case 'TrancheMerged':
      return [
        line(event, event.tranche === record.id ? `took in ${listed(event.absorbed)}` : `merged into ${event.tranche}`),
      ]
    case 'TrancheLabelled':
      return [line(event, event.label === null ? 'label removed' : `called ${event.label}`)]
    case 'TrancheAnnotated':
      return [line(event, `note: ${event.note}`)]
    case 'StopMoved':
      return [stopLine(event, context)]
    case 'TakeProfitMoved':
      return [
        line(
          event,
          event.to === null ? 'take profit removed' : `take profit ${show.price(event.from)} → ${show.price(event.to)}`,
        ),
      ]
    case 'TakeProfitReached':
      return event.by === 'mark' ? [line(event, `TP${event.level} reached @ ${show.price(event.price)}`)] : []
    case 'EstimateReplaced':
      return replacedLine(event, context)
    case 'OrderRefused':
    case 'OrderOutcomeUnknown':
      return orderTrouble(event, context)
    default:
      return []
  }
}
