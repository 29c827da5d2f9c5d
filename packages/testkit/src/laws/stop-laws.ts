import { order, parseRatio, toText } from '../exact/ratio.js'
import { mustHold } from './law-error.js'
import { type Ledger, type Placed, placeOf } from './log-ledger.js'
import { mustBeInFavour, openTrancheOf } from './tranche-laws.js'

/** A moved stop starts where the stop was and goes in favour of its tranche, unless it was forced. */
export function noteStopMoved(ledger: Ledger, place: Placed<'StopMoved'>): void {
  const { tranche: id, from, to, forced, rung } = place.event
  const tranche = openTrancheOf(ledger, place, id)
  const before = tranche.stop === null ? null : toText(tranche.stop)
  const isContinuous =
    from === null ? before === null : before !== null && order(parseRatio(from), parseRatio(before)) === 0
  mustHold(
    isContinuous,
    'a stop moves from where it was',
    () => `${placeOf(place)}: from ${from ?? 'none'}, it was ${before ?? 'none'}`,
  )
  if (!forced) mustBeInFavour(tranche, parseRatio(to), place)
  mustHold(!forced || rung === 'command', 'only a command forces a stop', () => `${placeOf(place)}: rung ${rung}`)
  tranche.stop = parseRatio(to)
  tranche.rung = rung
}

/** Levels are reached each once, and in ascending order where one input reaches several. */
export function noteTakeProfitReached(ledger: Ledger, place: Placed<'TakeProfitReached'>): void {
  const { tranche: id, level, causationId } = place.event
  const tranche = openTrancheOf(ledger, place, id)
  const before = tranche.levels.at(-1)
  const isNew = tranche.levels.every((reached) => reached.level !== level)
  mustHold(isNew, 'a level is reached once', () => `${placeOf(place)}: level ${level} again`)
  const isAscending = before === undefined || before.causationId !== causationId || level > before.level
  mustHold(isAscending, 'one input reaches levels in ascending order', () => `${placeOf(place)}: level ${level}`)
  tranche.levels.push({ level, causationId })
}
