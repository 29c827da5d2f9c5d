import type { EventOf } from '../../book/events.js'
import { percentText } from '../figure-text.js'
import { closeReasonWords } from './reason-words.js'
import { listed, type Sentences, type Show } from './sentence.js'

const ORIGINS: Readonly<Record<EventOf<'TrancheOpened'>['origin'], string>> = {
  intent: 'opened',
  external: 'opened by a trade from outside',
  recovered: "recovered from the venue's position",
  adopted: 'taken over',
}

/** Where a new tranche came from, in words. */
export function originWords(origin: EventOf<'TrancheOpened'>['origin']): string {
  return ORIGINS[origin]
}

/** Which rule put a stop where it is, in words. */
function rungWords({ rung, because, forced }: EventOf<'StopMoved'>): string {
  const level = because?.observed?.['level']
  if (rung === 'ladder')
    return `ladder ${(because?.rule ?? '').replace('stopLadder.', '')}${level === undefined || level === null ? '' : ` after TP${level}`}`.trim()
  if (rung === 'trailing') return 'trailing the best mark'
  if (rung === 'command') return forced ? 'forced by command' : 'by command'
  return 'from the entry'
}

function ended(event: EventOf<'TrancheClosed'> | EventOf<'TrancheLiquidated'>, show: Show): string {
  return `at ${show.average(event.exitPrice)} on average, ${show.gain(event.realizedPnl)} in all`
}

/** The life of a tranche. */
export const TRANCHE_SENTENCES: Sentences<
  | 'TrancheOpened'
  | 'TrancheIncreased'
  | 'TrancheReduced'
  | 'TrancheClosed'
  | 'TrancheLiquidated'
  | 'TrancheIsolated'
  | 'TrancheReleased'
  | 'TrancheMerged'
  | 'TrancheLabelled'
  | 'TrancheAnnotated'
  | 'StopMoved'
  | 'TakeProfitMoved'
  | 'TakeProfitReached'
> = {
  TrancheOpened: ({ tranche, side, label, quantity, price, origin, evidence, priceEstimated }, show) => {
    const name = label === null || label === tranche ? tranche : `${tranche} (${label})`
    // What no fill proves has a price that was worked out.
    const at = evidence === 'fill' ? show.price(price) : show.average(price)
    return `${name} ${side} ${show.quantity(quantity)} at ${at} ${originWords(origin)}${priceEstimated ? ', price estimated' : ''}`
  },
  TrancheIncreased: ({ tranche, quantity, price, reanchored }, show) =>
    `${tranche} took in ${show.quantity(quantity)} at ${show.price(price)}${reanchored ? '; its stop and target were set anew from its average' : ''}`,
  TrancheReduced: ({ tranche, quantity, price, realizedPnl, reason, evidence }, show) =>
    `closed ${show.quantity(quantity)} of ${tranche} at ${show.price(price)} for ${show.gain(realizedPnl)}: ${closeReasonWords(reason)}${evidence === 'fill' ? '' : ' (no fill proves it yet)'}`,
  TrancheClosed: (event, show) => `${event.tranche} is closed ${ended(event, show)}`,
  TrancheLiquidated: (event, show) => `${event.tranche} was liquidated ${ended(event, show)}`,
  TrancheIsolated: ({ tranche, price, pnlPercent }, show) =>
    `${tranche} was isolated${price === null ? '' : ` at ${show.price(price)}`}${pnlPercent === null ? '' : `, ${percentText(pnlPercent)}`}`,
  TrancheReleased: ({ tranche, price, pnlPercent }, show) =>
    `${tranche} is active again${price === null ? '' : ` at ${show.price(price)}`}${pnlPercent === null ? '' : `, ${percentText(pnlPercent)}`}`,
  TrancheMerged: ({ tranche, absorbed }) => `${tranche} took in ${listed(absorbed)}`,
  TrancheLabelled: ({ tranche, label }) =>
    label === null ? `${tranche} lost its label` : `${tranche} is called ${label}`,
  TrancheAnnotated: ({ tranche, note }) => `note on ${tranche}: ${note}`,
  StopMoved: (event, show) =>
    event.from === event.to && event.trailingBest !== null
      ? `stop of ${event.tranche} stays at ${show.price(event.to)} and trails from ${show.price(event.trailingBest)}`
      : `stop of ${event.tranche} ${show.price(event.from)} → ${show.price(event.to)} (${rungWords(event)})`,
  TakeProfitMoved: ({ tranche, from, to }, show) =>
    to === null
      ? `take profit of ${tranche} removed`
      : `take profit of ${tranche} ${show.price(from)} → ${show.price(to)}`,
  TakeProfitReached: ({ tranche, level, price, by }, show) =>
    `TP${level} of ${tranche} reached at ${show.price(price)} by ${by === 'mark' ? 'the mark' : 'its fill'}`,
}
