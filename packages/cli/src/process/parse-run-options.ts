import { InvalidArgumentError } from 'commander'
import type { SendingMode } from '@tranchebook/core'
import type { AccountRequest } from './account-request.js'

/** Names what the command line has already checked. */
export function parseRunOptions(options: Readonly<Record<string, unknown>>): AccountRequest {
  return options as unknown as AccountRequest
}

/** What a process may send. @throws {InvalidArgumentError} */
export function parseMode(text: string): SendingMode {
  if (text === 'observe' || text === 'protect' || text === 'trade') return text
  throw new InvalidArgumentError(`expected observe, protect or trade; got ${text}`)
}
