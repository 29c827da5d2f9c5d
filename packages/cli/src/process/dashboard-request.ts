import type { BooksRequest } from '../control/books-request.js'

/** What `tranchebook dashboard` was asked. */
export interface DashboardRequest extends BooksRequest {
  readonly port?: number
}

/** Names what the command line has already checked. */
export function parseDashboardOptions(options: Readonly<Record<string, unknown>>): DashboardRequest {
  return options
}
