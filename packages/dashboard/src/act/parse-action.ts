import { RequestError } from '../request-error.js'
import type { CommandFields } from '../source/dashboard-source.js'

/** An action before its fields are checked: whose books, and the command with its own fields. */
export interface ParsedAction {
  readonly account: string
  /** `null` = every book. */
  readonly symbol: string | null
  readonly fields: CommandFields
}

const SWITCHES = ['pause', 'gracefulStop', 'killSwitch', 'resume'] as const
const IN_A_BOOK = [
  'openTranche',
  'addToTranche',
  'closeTranche',
  'closeGroup',
  'flatten',
  'mergeTranches',
  'labelTranche',
  'annotateTranche',
  'isolateTranche',
  'releaseTranche',
  'moveStop',
  'moveTakeProfit',
  'resolveConflict',
  'configure',
] as const

const ACTOR = /^[\w .@:-]{1,40}$/

function malformed(message: string): RequestError {
  return new RequestError('dashboard.body', message, {
    status: 400,
    advice: 'docs/dashboard-api.md lists the actions and their fields',
  })
}

function commandOf(value: unknown): CommandFields['command'] {
  const found = [...SWITCHES, ...IN_A_BOOK].find((command) => command === value)
  if (found !== undefined) return found
  throw malformed(`command: expected one of ${[...SWITCHES, ...IN_A_BOOK].join(', ')}`)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Fields that belong to the input's envelope, never to what is asked. */
const ENVELOPE = ['type', 'time', 'id', 'actor', 'account', 'symbol']

/** Reads an action; what its command needs is checked when it is decided. @throws {RequestError} `dashboard.body` */
export function parseAction(value: unknown): ParsedAction {
  if (!isObject(value)) throw malformed('action: expected an object')
  const command = commandOf(value['command'])
  const { account, symbol } = value
  if (typeof account !== 'string') throw malformed('account: expected the name of the account')
  const mayBeAll = SWITCHES.some((name) => name === command)
  if (typeof symbol !== 'string' && !(mayBeAll && symbol === null))
    throw malformed(mayBeAll ? 'symbol: expected one, or null for all books' : 'symbol: expected one')
  const own = Object.entries(value).filter(([name]) => !ENVELOPE.includes(name))
  return {
    account,
    symbol: typeof symbol === 'string' ? symbol : null,
    fields: { ...Object.fromEntries(own), command },
  }
}

/** Who asks, for the record. @throws {RequestError} `dashboard.body` */
export function parseActor(value: unknown): string {
  if (value === undefined || value === null) return 'dashboard'
  if (typeof value === 'string' && ACTOR.test(value)) return value
  throw malformed('actor: expected up to 40 letters, digits, blanks and .@:_-')
}
