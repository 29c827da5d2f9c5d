import type { Price } from '../money/price.js'
import type { MarkInput } from '../observe/inputs.js'
import { isQuiet } from '../policy/triggers.js'
import type { Decision } from './decision.js'
import { judgeIsolation, judgeRecovery } from './judge-isolation.js'
import { judgeGroupLoss } from './judge-losses.js'
import { judgeTargets } from './judge-targets.js'
import { followMark } from './move-stop.js'

/** Everything that a fresh mark may decide, in the order of the tranches. */
export function judgeMark(decision: Decision, mark: Price): void {
  for (const group of [decision.book.groups.LONG, decision.book.groups.SHORT]) {
    for (const tranche of group.tranches) {
      judgeIsolation(decision, tranche, mark)
      const stopPrice = judgeTargets(decision, tranche, mark)
      followMark(decision, { ...tranche, stopPrice }, mark)
      judgeRecovery(decision, tranche, mark)
    }
    judgeGroupLoss(decision, group, mark)
  }
}

/** A mark that is 0, or older than the newest one, is not a price; between the next triggers it decides nothing. */
export function isIdleMark(decision: Pick<Decision, 'book' | 'context'>, input: MarkInput): boolean {
  const { book, context } = decision
  if (book.mark !== null && input.time < book.mark.time) return true
  if (context.market !== null && input.time < context.market.time) return true
  const { markSampleMs } = context.config
  if (markSampleMs !== null && (book.mark === null || input.time - book.mark.time >= markSampleMs)) return false
  return isQuiet(book, input.price, context.config)
}
