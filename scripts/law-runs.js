import fc from 'fast-check'

/** Every law of every package is tried as often as `LAW_RUNS` says; `LAW_SEED` repeats the cases of a failed run. */
const { LAW_RUNS, LAW_SEED } = process.env

fc.configureGlobal({
  ...(LAW_RUNS === undefined ? {} : { numRuns: Number(LAW_RUNS) }),
  ...(LAW_SEED === undefined ? {} : { seed: Number(LAW_SEED) }),
})
