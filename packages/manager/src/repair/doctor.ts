import type { SymbolConfig } from '@tranchebook/core'
import { checkSymbols } from './doctor-symbols.js'
import { checkClock, checkKeys, checkLog, checkMargin, checkMode, checkPermission } from './doctor-account.js'
import { reportProtection } from './verify-protection.js'
import { rehearseAccount } from './rehearse-account.js'
import type { Finding, RepairScope, RepairSetup } from './repair-setup.js'

/** What a doctor found; `isFit` = nothing that speaks against trading. */
export interface DoctorReport {
  readonly account: string
  readonly venue: string
  readonly isFit: boolean
  /** In the order of the examination: keys, permission, clock, mode, log, margin, symbols, protection. */
  readonly findings: readonly Finding[]
}

/** What a doctor looks at. */
export interface DoctorRequest extends RepairScope {
  /** Ask the venue to cancel an order that does not exist, to see whether the key may trade (true). */
  readonly checkPermission?: boolean
}

/** A failed look is a finding, and the examination goes on. */
async function look(code: string, check: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [{ level: 'problem', code, symbol: null, message: `${code} could not be checked: ${why}` }]
  }
}

async function checkProtection(setup: RepairSetup, scope: RepairScope): Promise<readonly Finding[]> {
  const rehearsal = await rehearseAccount(setup, scope)
  return reportProtection(rehearsal).findings
}

/**
 * Examines whether an account can be traded safely: keys, permission, clock, position mode, log, margin, filters, room for stops, and
 * whether what is open is protected. It never throws: what could not be looked at is a finding.
 */
export async function doctor(setup: RepairSetup, request: DoctorRequest = {}): Promise<DoctorReport> {
  const { account, venue, config } = setup
  const symbols: Readonly<Record<string, SymbolConfig>> = config.symbols
  const names = request.symbols ?? Object.keys(symbols)
  const [first] = names
  const checks: readonly (readonly [string, () => Promise<readonly Finding[]>])[] = [
    ['keys', async () => checkKeys(setup)],
    ['permission', async () => (request.checkPermission === false ? [] : checkPermission(setup, first ?? null))],
    ['clock', async () => checkClock(setup)],
    ['mode', async () => checkMode(setup)],
    ['log', async () => checkLog(setup)],
    ['margin', async () => checkMargin(setup)],
    ['symbols', async () => checkSymbols(setup, names)],
    ['protection', async () => checkProtection(setup, request)],
  ]
  const findings: Finding[] = []
  for (const [code, check] of checks) findings.push(...(await look(code, check)))
  return { account, venue: venue.name, isFit: findings.every(({ level }) => level !== 'problem'), findings }
}
