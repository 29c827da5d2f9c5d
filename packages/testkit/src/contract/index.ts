import { accessCases } from './access-cases.js'
import { batchCases } from './batch-cases.js'
import { conditionalCases } from './conditional-cases.js'
import { hedgeCases } from './hedge-cases.js'
import { historyCases } from './history-cases.js'
import { orderCases } from './order-cases.js'
import { outcomeCases } from './outcome-cases.js'
import { readCases } from './read-cases.js'
import { refusalCases } from './refusal-cases.js'
import { streamCases } from './stream-cases.js'
import type { VenueCase } from './venue-case.js'

export type { Ear, TermsOfCase, Trial } from './trial.js'
export type {
  BenchAbility,
  ContractReadFault,
  ContractWriteFault,
  KeyKind,
  StageSetting,
  VenueBench,
  VenueHands,
  VenueStage,
} from './venue-bench.js'
export { type CaseEnd, runVenueCase, type VenueCase } from './venue-case.js'

/** What every venue promises, by number. Each case wants a venue of its own: see {@link runVenueCase}. */
export const venueContract: readonly VenueCase[] = [
  ...readCases,
  ...orderCases,
  ...refusalCases,
  ...conditionalCases,
  ...batchCases,
  ...hedgeCases,
  ...historyCases,
  ...streamCases,
  ...outcomeCases,
  ...accessCases,
]
