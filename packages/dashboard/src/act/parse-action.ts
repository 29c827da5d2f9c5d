import { DOCS_URL, REPAIR_KINDS, type RepairKind } from '@tranchebook/core'
import { RequestError } from '../request-error.js'
import type { CommandFields } from '../source/dashboard-source.js'

interface Addressed {
  readonly account: string
  /** `null` = every book. */
  readonly symbol: string | null
}

/** A command before its fields are checked. */
export interface ParsedCommand extends Addressed {
  readonly type: 'command'
  readonly fields: CommandFields
}

/** A repair; `null` = as it is by default. */
export interface ParsedRepair extends Addressed {
  readonly type: 'repair'
  readonly kind: RepairKind
  readonly tranches: readonly string[] | null
  readonly timeoutMs: number | null
}

/** An action: whose books, and what shall be done. */
export type ParsedAction = ParsedCommand | ParsedRepair

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
  'disownTranche',
  'moveStop',
  'moveTakeProfit',
  'resolveConflict',
  'configure',
] as const

const LONGEST_WAIT_MS = 120_000

const ACTOR = /^[\w .@:-]{1,40}$/

function malformed(message: string): RequestError {
  return new RequestError('dashboard.body', message, {
    status: 400,
    advice: `${DOCS_URL}/dashboard-api.md lists the actions and their fields`,
  })
}

function commandOf(value: unknown): CommandFields['command'] {
  const found = [...SWITCHES, ...IN_A_BOOK].find((command) => command === value)
  if (found !== undefined) return found
  throw malformed(`command: expected one of ${[...SWITCHES, ...REPAIR_KINDS, ...IN_A_BOOK].join(', ')}`)
}

function tranchesOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value
  throw malformed('tranches: expected a list of ids or labels')
}

function timeoutOf(value: unknown): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= LONGEST_WAIT_MS) return value
  throw malformed(`timeoutMs: expected a whole number from 1 to ${LONGEST_WAIT_MS}`)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Fields that belong to the input's envelope, never to what is asked. */
const ENVELOPE = ['type', 'time', 'id', 'actor', 'account', 'symbol']

function addressOf({ account, symbol }: Readonly<Record<string, unknown>>, mayBeAll: boolean): Addressed {
  if (typeof account !== 'string') throw malformed('account: expected the name of the account')
  if (typeof symbol === 'string') return { account, symbol }
  if (mayBeAll && symbol === null) return { account, symbol: null }
  throw malformed(mayBeAll ? 'symbol: expected one, or null for all books' : 'symbol: expected one')
}

/** Reads an action; what its command needs is checked when it is decided. @throws {RequestError} `dashboard.body` */
export function parseAction(value: unknown): ParsedAction {
  if (!isObject(value)) throw malformed('action: expected an object')
  const kind = REPAIR_KINDS.find((one) => one === value['command'])
  if (kind !== undefined) {
    const { tranches, timeoutMs } = value
    return {
      type: 'repair',
      ...addressOf(value, true),
      kind,
      tranches: tranchesOf(tranches),
      timeoutMs: timeoutOf(timeoutMs),
    }
  }
  const command = commandOf(value['command'])
  const own = Object.entries(value).filter(([name]) => !ENVELOPE.includes(name))
  const mayBeAll = SWITCHES.some((name) => name === command)
  return { type: 'command', ...addressOf(value, mayBeAll), fields: { ...Object.fromEntries(own), command } }
}

/** Who asks, for the record. @throws {RequestError} `dashboard.body` */
export function parseActor(value: unknown): string {
  if (value === undefined || value === null) return 'dashboard'
  if (typeof value === 'string' && ACTOR.test(value)) return value
  throw malformed('actor: expected up to 40 letters, digits, blanks and .@:_-')
}
