import type { StarterRequest } from './starter-text.js'

/** Names what the command line has already checked. */
export function parseStarterOptions(options: Readonly<Record<string, unknown>>): StarterRequest {
  return options as unknown as StarterRequest
}
