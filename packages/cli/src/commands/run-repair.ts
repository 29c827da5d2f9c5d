import {
  adopt,
  doctor,
  type Finding,
  protect,
  type ProtectionReport,
  reconcile,
  type RepairRequest,
  type RepairResult,
  type RepairScope,
  type RepairSetup,
  rollBackAdoption,
  verifyProtection,
} from '@tranchebook/manager'
import { withRepair } from '../control/open-repair.js'
import type { RepairOptions } from '../control/parse-repair-options.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { findingLines, protectionText, repairText } from '../format/repair-text.js'
import { jsonText } from '../format/visible-text.js'
import type { Terminal } from '../terminal.js'

/** A repair by the name of its command. */
export type RepairCommand = 'protect' | 'adopt' | 'reconcile'

type Repair = (setup: RepairSetup, request: RepairRequest) => Promise<RepairResult>

const REPAIRS: Readonly<Record<RepairCommand, Repair>> = { protect, adopt, reconcile }

function scopeOf({ symbol }: RepairOptions): RepairScope {
  return symbol === undefined ? {} : { symbols: [symbol] }
}

function hasProblem(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'problem')
}

/** Whether every open position is behind stops at the venue. @throws {CommandFailure} when the venue cannot be asked */
export async function runVerifyProtection(options: RepairOptions, terminal: Terminal): Promise<ExitCode> {
  const purpose = { command: 'verify-protection', isWriting: false, terminal }
  const report: ProtectionReport = await withRepair(options, purpose, async (setup) =>
    verifyProtection(setup, scopeOf(options)),
  )
  const json = { schema: 'tranchebook/verify-protection/1', ...report }
  await terminal.print(options.json === true ? jsonText(json) : protectionText(report, terminal.hasColour))
  return report.isProtected ? EXIT.fine : EXIT.uncovered
}

/** A dry run has answered; after a real one the account is as it should be, or not. */
function exitCodeOf({ isDryRun, protection, findings }: RepairResult): ExitCode {
  if (isDryRun) return EXIT.fine
  if (!protection.isProtected) return EXIT.uncovered
  return hasProblem(findings) ? EXIT.unfit : EXIT.fine
}

/** Repairs an account, or says what would be done. @throws {CommandFailure} when it cannot be opened, or is owned by a process */
export async function runRepair(command: RepairCommand, options: RepairOptions, terminal: Terminal): Promise<ExitCode> {
  const { dryRun = false, timeout, rollBack } = options
  const request = {
    ...scopeOf(options),
    dryRun,
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(rollBack === undefined || rollBack === true ? {} : { tranches: rollBack }),
  }
  const repair = rollBack === undefined ? REPAIRS[command] : rollBackAdoption
  const purpose = { command, isWriting: !dryRun, terminal }
  const result = await withRepair(options, purpose, async (setup) => repair(setup, request))
  const json = { schema: `tranchebook/${command}/1`, ...result }
  await terminal.print(options.json === true ? jsonText(json) : repairText(result, terminal.hasColour))
  return exitCodeOf(result)
}

/** Examines whether an account can be traded safely. @throws {CommandFailure} when it cannot be opened at all */
export async function runDoctor(options: RepairOptions, terminal: Terminal): Promise<ExitCode> {
  const purpose = { command: 'doctor', isWriting: false, terminal }
  const checkPermission = options.dryRun !== true
  const report = await withRepair(options, purpose, async (setup) =>
    doctor(setup, { ...scopeOf(options), checkPermission }),
  )
  const verdict = report.isFit ? 'fit to trade' : 'NOT FIT to trade: see the problems above'
  const text = `${findingLines(report.findings, terminal.hasColour)}${verdict}\n`
  await terminal.print(options.json === true ? jsonText({ schema: 'tranchebook/doctor/1', ...report }) : text)
  return report.isFit ? EXIT.fine : EXIT.unfit
}
