import type { ReviewInput } from '../observe/inputs.js'
import type { Decision } from './decision.js'

export function decideReview(_decision: Decision, _input: ReviewInput): void {
  return undefined
}
