/** Figures since the start. Durations are ms. */
export interface ManagerMetrics {
  inputs: number
  batches: number
  events: number
  appendMsLast: number
  appendMsMax: number
  appendRetries: number
  rollBacks: number
  ordersSent: number
  cancelsSent: number
  sendRetries: number
  refusals: number
  unknownOutcomes: number
  lookUps: number
  reconciliations: number
  failedReconciliations: number
  strayOrdersCancelled: number
  /** Inputs given up for want of room; each makes the book reconcile. */
  overflows: number
  /** Mark prices dropped because they were dated ahead of the venue's clock. */
  marksAhead: number
  snapshotsSaved: number
}

/** All at 0. */
export function emptyMetrics(): ManagerMetrics {
  return {
    inputs: 0,
    batches: 0,
    events: 0,
    appendMsLast: 0,
    appendMsMax: 0,
    appendRetries: 0,
    rollBacks: 0,
    ordersSent: 0,
    cancelsSent: 0,
    sendRetries: 0,
    refusals: 0,
    unknownOutcomes: 0,
    lookUps: 0,
    reconciliations: 0,
    failedReconciliations: 0,
    strayOrdersCancelled: 0,
    overflows: 0,
    marksAhead: 0,
    snapshotsSaved: 0,
  }
}
