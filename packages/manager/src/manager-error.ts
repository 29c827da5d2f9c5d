import { TranchebookError } from '@tranchebook/core'

/** The manager cannot do what was asked; `code` says why, the message what to do. */
export class ManagerError extends TranchebookError {}
