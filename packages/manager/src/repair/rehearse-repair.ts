import {
  type BookEvent,
  formatQuantity,
  isOwnOrderId,
  minus,
  type RepairKind,
  type SymbolConfig,
  type TranchebookConfig,
} from '@tranchebook/core'
import { adoptingConfig } from '../book/adopting-config.js'
import { type Rehearsal, type RehearsalScope, rehearseAccount } from './rehearse-account.js'
import type { RehearsedBook } from './rehearse-book.js'
import { type RepairResult, type RepairStep, stepsFrom } from './repair-result.js'
import type { Finding, RepairSetup } from './repair-setup.js'
import { assertNamesMatch, rollBackCommands, type RollBackRequest } from './roll-back-adoption.js'
import { takeOverCommands } from './take-over-commands.js'
import { reportProtection } from './verify-protection.js'

function modeFinding({ positionMode }: Rehearsal, { positionMode: expected }: TranchebookConfig): readonly Finding[] {
  if (positionMode === expected) return []
  const message = `the account holds positions in mode ${positionMode}, the configuration says ${expected}; nothing but protection would be sent until they agree`
  return [{ level: 'problem', code: 'positionMode', symbol: null, message }]
}

/** Orders of others are never touched; a person may want to know of them all the same. */
function foreignFindings({ symbol, openOrders }: RehearsedBook): readonly Finding[] {
  const foreign = openOrders.filter(({ clientOrderId }) => !isOwnOrderId(clientOrderId))
  if (foreign.length === 0) return []
  const ids = foreign
    .map(({ clientOrderId, venueOrderId }) => (clientOrderId === '' ? venueOrderId : clientOrderId))
    .join(', ')
  const message = `${symbol}: ${foreign.length} orders of others rest there and are left alone (${ids}); cancel them at the venue if nobody needs them`
  return [{ level: 'warning', code: 'foreignOrders', symbol, message }]
}

function strayFindings({ symbol, strays }: RehearsedBook): readonly Finding[] {
  return strays.map(({ clientOrderId }) => ({
    level: 'warning',
    code: 'strayOrder',
    symbol,
    message: `${symbol}: ${clientOrderId} carries our prefix and the book does not know it; it would be cancelled`,
  }))
}

function conflictFindings({ symbol, observed }: RehearsedBook): readonly Finding[] {
  const { conflict } = observed
  if (conflict === null) return []
  const message = `${symbol}: conflict ${conflict}; nothing but protection is sent until ${conflict === 'oppositeSide' ? 'takeOver or ' : ''}resolveConflict`
  return [{ level: 'problem', code: 'conflict', symbol, message }]
}

function brokenFindings({ broken }: Rehearsal): readonly Finding[] {
  return broken.map(({ symbol, why }) => {
    const message = `${symbol}: its book has stopped (${why}), so that nothing is decided for it; see bookHalted in the recovery runbook`
    return { level: 'problem', code: 'bookHalted', symbol, message }
  })
}

/** Differences that stay although everything was compared: the drift policy lets them. */
function driftFindings({ symbol, observed, config }: RehearsedBook): readonly Finding[] {
  const { LONG, SHORT, BOTH } = observed.checks
  return [LONG, SHORT, BOTH].flatMap((check): readonly Finding[] => {
    if (check?.status !== 'drift') return []
    const venue = formatQuantity(check.quantity)
    const ours = formatQuantity(minus(check.quantity, check.difference))
    const message = `${symbol} ${check.positionSide}: the venue holds ${venue}, the book ${ours} (driftPolicy ${config.driftPolicy}); run adopt to take the venue's figure over`
    return [{ level: 'warning', code: 'drift', symbol, message }]
  })
}

function stepsOf(book: RehearsedBook, kind: RepairKind): readonly RepairStep[] {
  const events: readonly BookEvent[] = kind === 'reconcile' ? book.findings : [...book.findings, ...book.intended]
  return stepsFrom(book.symbol, events)
}

const alerting = (config: SymbolConfig): SymbolConfig => ({ ...config, driftPolicy: 'ALERT' })

function rehearsalOf(scope: RollBackRequest, kind: RepairKind): RehearsalScope {
  if (kind === 'adopt') return { ...scope, adjust: adoptingConfig }
  if (kind === 'takeOver') return { ...scope, commands: (book, time) => takeOverCommands(book, time, scope.actor) }
  if (kind !== 'rollBack') return scope
  return { ...scope, adjust: alerting, commands: (book, time) => rollBackCommands(book, time, scope) }
}

/** What is worth saying about the account besides its protection. */
export function findingsOf(rehearsal: Rehearsal, config: TranchebookConfig): readonly Finding[] {
  return [
    ...modeFinding(rehearsal, config),
    ...brokenFindings(rehearsal),
    ...rehearsal.books.flatMap((book) => [
      ...conflictFindings(book),
      ...driftFindings(book),
      ...strayFindings(book),
      ...foreignFindings(book),
    ]),
  ]
}

/** What a repair would do now. It reads the log and the venue, and keeps and sends nothing. @throws {VenueError} @throws {ManagerError} */
export async function rehearseRepair(
  setup: RepairSetup,
  scope: RollBackRequest,
  kind: RepairKind,
): Promise<RepairResult> {
  const rehearsal = await rehearseAccount(setup, rehearsalOf(scope, kind))
  const { account, time, books } = rehearsal
  if (kind === 'rollBack')
    assertNamesMatch(
      books.map(({ before }) => before),
      scope.tranches,
    )
  return {
    account,
    time,
    isDryRun: true,
    steps: books.flatMap((book) => stepsOf(book, kind)),
    protection: reportProtection(rehearsal),
    findings: findingsOf(rehearsal, setup.config),
  }
}
