import type { DemoRequest } from './demo-request.js'

/** Names what the command line has already checked. */
export function parseDemoOptions(options: Readonly<Record<string, unknown>>): DemoRequest {
  return options as unknown as DemoRequest
}
