import { appendCases } from './append-cases.js'
import { cacheCases } from './cache-cases.js'
import { contentCases } from './content-cases.js'
import type { ContractCase } from './contract-case.js'
import { leaseCases } from './lease-cases.js'
import { readCases } from './read-cases.js'
import { verifyCases } from './verify-cases.js'

export { type ContractBench, type ContractCase, type ContractEvent, decodeContractEvent } from './contract-case.js'

/** What every store promises. Run them in order on one store; the last one closes it. */
export const eventStoreContract: readonly ContractCase[] = [
  ...appendCases,
  ...contentCases,
  ...readCases,
  ...leaseCases,
  ...cacheCases,
  ...verifyCases,
]
