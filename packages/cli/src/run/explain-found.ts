import { explainTranche, type TrancheExplanation } from '@tranchebook/core'
import type { FoundTranche } from './find-tranche.js'
import { viewPointOf } from './report-replay.js'
import type { Rules } from './run-recording.js'

/** The life of a tranche that was found, at the newest mark of its book. */
export function explainFound({ played, id }: FoundTranche, rules: Rules): TrancheExplanation {
  const { mark } = viewPointOf(played, rules)
  const explanation = explainTranche(played.events, id, { mark })
  if (explanation !== null) return explanation
  throw new Error(`${id} is in the history but cannot be explained`)
}
