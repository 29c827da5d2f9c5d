import { TranchebookError } from '@tranchebook/core'

/** The dashboard cannot be opened or asked; `code` says why, the message what to do. */
export class DashboardError extends TranchebookError {}
