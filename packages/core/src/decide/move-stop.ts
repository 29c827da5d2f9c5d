import type { Because } from '../book/because.js'
import type { StopRung, Tranche } from '../book/tranche.js'
import { formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { improvesStop, STOP_RULES, type StopProposal, trailingProposal } from '../policy/stop-ladder.js'
import { type Decision, record } from './decision.js'

interface Move {
  readonly to: Price
  readonly rung: StopRung
  readonly forced: boolean
  readonly trailingBest: Price | null
  readonly because: Because
}

/** Records a stop's move. Whether it may move that way is the caller's question. */
export function moveStop(decision: Decision, tranche: Tranche, move: Move): void {
  record(
    decision,
    {
      type: 'StopMoved',
      tranche: tranche.id,
      side: tranche.side,
      from: tranche.stopPrice === null ? null : formatPrice(tranche.stopPrice),
      to: formatPrice(move.to),
      rung: move.rung,
      forced: move.forced,
      trailingBest: move.trailingBest === null ? null : formatPrice(move.trailingBest),
    },
    { because: move.because },
  )
}

/** What a ladder proposes as a move: a stop that stands better stays where it is, and trailing begins all the same. */
function rungMove(tranche: Tranche, proposal: StopProposal): Omit<Move, 'because'> | null {
  const { price, trailingBest } = proposal
  const { stopPrice, stopRung, trailing } = tranche
  if (stopPrice === null || improvesStop(tranche, price))
    return { to: price, rung: 'ladder', forced: false, trailingBest }
  const begins = trailingBest !== null && trailing === null
  return begins ? { to: stopPrice, rung: stopRung, forced: false, trailingBest } : null
}

/** After a take-profit level was taken: the rung its ladder names, if that is in the tranche's favour. The stop that stands then. */
export function climbLadder(decision: Decision, tranche: Tranche, hit: { level: number; price: Price }): Price | null {
  const { config, instrument } = decision.context
  const { level, price } = hit
  const proposal = STOP_RULES[config.stopLadder](tranche, level, { config, instrument, price })
  const move = proposal === null ? null : rungMove(tranche, proposal)
  if (move === null) return tranche.stopPrice
  moveStop(decision, tranche, {
    ...move,
    because: {
      rule: `stopLadder.${config.stopLadder}`,
      configured: { stopLadder: config.stopLadder, breakevenIncludesFees: config.breakevenIncludesFees },
      observed: { level, target: formatPrice(tranche.levels[level - 1]?.price ?? move.to) },
    },
  })
  return move.to
}

/** Lets a trailing stop follow a fresh mark. */
export function followMark(decision: Decision, tranche: Tranche, mark: Price): void {
  const { config, instrument } = decision.context
  const proposal = trailingProposal(tranche, mark, { config, instrument })
  if (proposal === null) return
  const percent = config.trailingStopPercent ?? config.stopLadderPercent
  moveStop(decision, tranche, {
    to: proposal.price,
    rung: 'trailing',
    forced: false,
    trailingBest: mark,
    because: {
      rule: 'trailingStop',
      configured: {
        trailingStopPercent: formatPercent(percent),
        trailingActivationPercent:
          config.trailingActivationPercent === null ? null : formatPercent(config.trailingActivationPercent),
      },
      observed: { mark: formatPrice(mark) },
    },
  })
}
