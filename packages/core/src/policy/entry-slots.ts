import type { Tranche } from '../book/tranche.js'
import { absolute, minus } from '../money/arithmetic.js'
import { averagePrice, notional } from '../money/money.js'
import { ALL_PERCENT, asPercent, formatPercent, type Percent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { divide } from '../money/rounding.js'
import { refuseEntry } from './entry-answer.js'
import type { EntryRule } from './entry-question.js'

const SHOWN_PERCENT = 100_000_000n

/** The side is one that entries are sent on. */
export const sideEntered: EntryRule = ({ request: { side }, context: { config } }) => {
  const { entrySides } = config
  if (entrySides === 'BOTH' || entrySides === side) return null
  return refuseEntry('sideNotEntered', `entrySides is ${entrySides}: no ${side} tranche opens`, { side, entrySides })
}

/** Active tranches and those in flight leave a slot. */
export const activeSlotFree: EntryRule = ({ activeTranches, slotsInFlight, opensTranche, context: { config } }) => {
  const { maxTranches } = config
  if (!opensTranche || activeTranches + slotsInFlight < maxTranches) return null
  return refuseEntry(
    'maxTranchesReached',
    `${activeTranches} active tranches and ${slotsInFlight} entries in flight use the ${maxTranches} slots of maxTranches`,
    { activeTranches, slotsInFlight, maxTranches },
  )
}

/** Fewer isolated tranches than allowed. An entry that names its tranche may add to an isolated one. */
export const isolatedSlotFree: EntryRule = ({ isolatedTranches, request, context: { config } }) => {
  const { maxIsolatedTranches } = config
  if (request.tranche !== null || maxIsolatedTranches === null || isolatedTranches < maxIsolatedTranches) return null
  return refuseEntry(
    'maxIsolatedTranchesReached',
    `${isolatedTranches} isolated tranches reach maxIsolatedTranches ${maxIsolatedTranches}: wait for one to recover or close it`,
    { isolatedTranches, maxIsolatedTranches },
  )
}

/** No isolated tranche at all, where the configuration asks for that. */
export const nothingIsolated: EntryRule = ({ isolatedTranches, request, context: { config } }) => {
  if (request.tranche !== null || config.allowTrancheWhileIsolated || isolatedTranches === 0) return null
  return refuseEntry(
    'isolatedTrancheOpen',
    `${isolatedTranches} tranches are isolated and allowTrancheWhileIsolated is false`,
    { isolatedTranches, allowTrancheWhileIsolated: false },
  )
}

/** Long enough since the last entry fill; an entry in flight has not even begun its wait. */
export const cooledDown: EntryRule = ({ group, inFlight, request, context: { config } }) => {
  const { trancheCooldownMs } = config
  if (trancheCooldownMs <= 0) return null
  const sinceMs = group.lastEntryTime === null ? null : request.time - group.lastEntryTime
  const entriesInFlight = inFlight.length
  if (entriesInFlight === 0 && (sinceMs === null || sinceMs >= trancheCooldownMs)) return null
  const seen = entriesInFlight > 0 ? `${entriesInFlight} entries are in flight` : `the last entry was ${sinceMs} ms ago`
  return refuseEntry('cooldownActive', `${seen}: trancheCooldownMs asks for ${trancheCooldownMs} ms between entries`, {
    sinceLastEntryMs: sinceMs,
    entriesInFlight,
    trancheCooldownMs,
  })
}

/** Distance from an average entry of cost ÷ quantity, compared without dividing. */
function isTooClose(price: Price, { basisCost, basisQuantity }: Tranche, spacing: Percent): boolean {
  return absolute(minus(notional(price, basisQuantity), basisCost)) * ALL_PERCENT < spacing * basisCost
}

function distancePercent(price: Price, from: Price): string {
  const units = divide(absolute(minus(price, from)) * ALL_PERCENT, from * SHOWN_PERCENT, 'nearest') * SHOWN_PERCENT
  return formatPercent(asPercent(units))
}

/** Far enough from every open tranche and every entry in flight. */
export const wellSpaced: EntryRule = ({ group, inFlight, mark, price, request, context: { config } }) => {
  const spacing = config.minEntrySpacingPercent
  if (spacing <= 0n || request.tranche !== null) return null
  const tranche = group.tranches.find((candidate) => isTooClose(price, candidate, spacing))
  const order = inFlight.find((candidate) => {
    const entry = candidate.price ?? mark
    return absolute(minus(price, entry)) * ALL_PERCENT < spacing * entry
  })
  if (tranche === undefined && order === undefined) return null
  const near =
    tranche === undefined ? (order?.price ?? mark) : averagePrice(tranche.basisCost, tranche.basisQuantity, 'nearest')
  const owner = tranche?.id ?? `order ${order?.clientOrderId ?? ''} in flight`
  const distance = distancePercent(price, near)
  return refuseEntry(
    'entryTooClose',
    `${formatPrice(price)} is ${distance} % from the entry of ${owner} at ${formatPrice(near)}, minEntrySpacingPercent asks for ${formatPercent(spacing)} %`,
    {
      price: formatPrice(price),
      owner,
      entryPrice: formatPrice(near),
      distancePercent: distance,
      minEntrySpacingPercent: formatPercent(spacing),
    },
  )
}
