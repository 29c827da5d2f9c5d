import type { ArchiveStreamRequest, DatabaseRequest, OutputRequest, VerifyRequest } from './database-request.js'

type Options = Readonly<Record<string, unknown>>

/** Names what the command line has already checked. */
export function parseDatabaseOptions(
  options: Options,
): DatabaseRequest & VerifyRequest & OutputRequest & ArchiveStreamRequest {
  return options
}
