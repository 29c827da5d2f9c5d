/** How often a law is tried: 100 times, or as often as `LAW_RUNS` says. */
export const LAW = { numRuns: Number(process.env['LAW_RUNS'] ?? 100) }
