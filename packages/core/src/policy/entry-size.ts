import { plus } from '../money/arithmetic.js'
import { formatMoney, notional } from '../money/money.js'
import { refuseEntry } from './entry-answer.js'
import { type EntryRule, valueInFlight } from './entry-question.js'

/** The entry's own quote value is large enough. */
export const largeEnough: EntryRule = ({ price, request, context: { config, instrument } }) => {
  const size = notional(price, request.quantity)
  if (config.minTrancheSize === null || size >= config.minTrancheSize) return null
  const facts = { size: formatMoney(size), minTrancheSize: formatMoney(config.minTrancheSize) }
  return refuseEntry(
    'trancheTooSmall',
    `an entry of ${facts.size} ${instrument.quoteAsset} is below minTrancheSize ${facts.minTrancheSize}`,
    facts,
  )
}

/** The entry's own quote value is small enough. */
export const smallEnough: EntryRule = ({ price, request, context: { config, instrument } }) => {
  const size = notional(price, request.quantity)
  if (config.maxTrancheSize === null || size <= config.maxTrancheSize) return null
  const facts = { size: formatMoney(size), maxTrancheSize: formatMoney(config.maxTrancheSize) }
  return refuseEntry(
    'trancheTooLarge',
    `an entry of ${facts.size} ${instrument.quoteAsset} is above maxTrancheSize ${facts.maxTrancheSize}`,
    facts,
  )
}

/** The group at the mark, its entries in flight and this one stay within the limit. */
export const positionSmallEnough: EntryRule = ({
  group,
  inFlight,
  mark,
  price,
  request,
  context: { config, instrument },
}) => {
  if (config.maxPositionSize === null) return null
  const held = notional(mark, group.quantity)
  const flying = valueInFlight(inFlight, mark)
  const after = plus(plus(held, flying), notional(price, request.quantity))
  if (after <= config.maxPositionSize) return null
  const facts = {
    position: formatMoney(held),
    inFlight: formatMoney(flying),
    positionAfter: formatMoney(after),
    maxPositionSize: formatMoney(config.maxPositionSize),
  }
  return refuseEntry(
    'positionTooLarge',
    `the position would be ${facts.positionAfter} ${instrument.quoteAsset} (${facts.position} held, ${facts.inFlight} in flight), above maxPositionSize ${facts.maxPositionSize}`,
    facts,
  )
}

/** A signal that names its strength is strong enough. */
export const strongEnough: EntryRule = ({ request, context: { config } }) => {
  const { minSignalStrength } = config
  const { signalStrength } = request
  if (minSignalStrength === null || signalStrength === null || signalStrength >= minSignalStrength) return null
  return refuseEntry('signalTooWeak', `a signal of ${signalStrength} is below minSignalStrength ${minSignalStrength}`, {
    signalStrength,
    minSignalStrength,
  })
}
