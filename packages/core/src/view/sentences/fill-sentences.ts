import type { EventOf } from '../../book/events.js'
import { figureText, gainText } from '../figure-text.js'
import { listed, type Sentences } from './sentence.js'

const DOINGS: Readonly<Record<EventOf<'FillBooked'>['kind'], string>> = {
  trade: 'Fill',
  liquidation: 'Liquidation fill',
  adl: 'Auto-deleveraging fill',
  settlement: 'Settlement fill',
}

/** Fills, fees, funding, marks. */
export const FILL_SENTENCES: Sentences<
  | 'FillBooked'
  | 'FillFeeBooked'
  | 'FillOrphaned'
  | 'UnmatchedSettled'
  | 'MarkObserved'
  | 'FundingBooked'
  | 'EstimateReplaced'
> = {
  FillBooked: ({ kind, tradeId, side, quantity, price, late, replaces, unmatched }, show) =>
    `${DOINGS[kind]} ${tradeId} ${side === 'BUY' ? 'bought' : 'sold'} ${show.quantity(quantity)} at ${show.price(price)}` +
    (late ? ', late' : '') +
    (replaces === null ? '' : `; ${show.quantity(replaces.quantity)} of it had been booked as an estimate`) +
    (unmatched === null ? '' : `; ${show.quantity(unmatched.quantity)} of it found nothing to close yet`),
  FillFeeBooked: ({ tradeId, fee, feeAsset, parts }) =>
    `The fee of fill ${tradeId} came: ${figureText(fee)} ${feeAsset}${parts.length === 0 ? '' : ` for ${listed([...new Set(parts.map(({ tranche }) => tranche))])}`}`,
  FillOrphaned: ({ tradeId, side, quantity }, show) =>
    `Fill ${tradeId} closed ${show.quantity(quantity)} ${side} that no known entry opened: the position began before our first fill`,
  UnmatchedSettled: ({ tradeId, quantity }, show) =>
    `A late entry was found for ${show.quantity(quantity)} of fill ${tradeId}`,
  MarkObserved: ({ price, high, low }, show) =>
    `Mark ${show.price(price)}${high === low ? '' : `, between ${show.price(low)} and ${show.price(high)} since the last one`}`,
  FundingBooked: ({ amount, asset, parts, unallocated }) =>
    `Funding ${gainText(amount)} ${asset}` +
    (parts.length === 0 ? '' : ` for ${listed(parts.map(({ tranche }) => tranche))}`) +
    (unallocated === '0' ? '' : `; ${gainText(unallocated)} of it while nothing was open`),
  EstimateReplaced: ({ tradeId, kind, quantity, price, parts }, show) =>
    `Fill ${tradeId} proved an estimated ${kind} of ${listed(parts.map(({ tranche }) => tranche))}: ${show.quantity(quantity)} at ${show.price(price)}`,
}
