import type { RepairKind } from '@tranchebook/core'
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
  takeOver,
  verifyProtection,
} from '@tranchebook/manager'
import { CommandFailure } from '../command-failure.js'
import type { AccountOwner } from '../control/account-owner.js'
import { actorName } from '../control/actor-name.js'
import { findOwner } from '../control/find-owner.js'
import { withRepair } from '../control/open-repair.js'
import type { RepairOptions } from '../control/parse-repair-options.js'
import { ownerOfAccount, type RepairAccount, readRepairAccount } from '../control/repair-account.js'
import { repairThroughOwner } from '../control/repair-through-owner.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { findingLines, protectionText, repairText } from '../format/repair-text.js'
import { jsonText } from '../format/visible-text.js'
import { saidStakes } from '../process/open-venue.js'
import type { Terminal } from '../terminal.js'

/** A repair by the name of its command. */
export type RepairCommand = 'protect' | 'adopt' | 'reconcile'

type Repair = (setup: RepairSetup, request: RepairRequest) => Promise<RepairResult>

const REPAIRS: Readonly<Record<RepairKind, Repair>> = {
  protect,
  adopt,
  reconcile,
  rollBack: rollBackAdoption,
  takeOver,
}

function scopeOf(options: RepairOptions): RepairScope {
  const symbol = symbolOf(options)
  return symbol === null ? {} : { symbols: [symbol] }
}

/** `null` = every book. */
function symbolOf(options: RepairOptions): string | null {
  return options.takeOver ?? options.symbol ?? null
}

function hasProblem(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'problem')
}

async function accountOf(options: RepairOptions, terminal: Terminal): Promise<RepairAccount> {
  if (options.config !== undefined) return readRepairAccount(options, options.config, terminal)
  throw new CommandFailure(
    {
      what: 'no account is named',
      expected: 'expected --config FILE, the configuration that tranchebook run has; got none',
      advice: 'the venue is asked with the keys that it names',
    },
    { exitCode: EXIT.usage },
  )
}

/** Whether every open position is behind stops at the venue. @throws {CommandFailure} when the venue cannot be asked */
export async function runVerifyProtection(options: RepairOptions, terminal: Terminal): Promise<ExitCode> {
  const purpose = { command: 'verify-protection', isWriting: false }
  const account = await accountOf(options, terminal)
  const report: ProtectionReport = await withRepair(account, purpose, async (setup) =>
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

interface Asked {
  readonly kind: RepairKind
  readonly dryRun: boolean
  readonly details: Pick<RepairRequest, 'tranches' | 'timeoutMs'>
}

function kindOf(command: RepairCommand, { rollBack, takeOver: ofSymbol }: RepairOptions): RepairKind {
  if (ofSymbol !== undefined) return 'takeOver'
  return rollBack === undefined ? command : 'rollBack'
}

function askedOf(command: RepairCommand, options: RepairOptions): Asked {
  const { dryRun = false, timeout, rollBack } = options
  const tranches = rollBack === undefined || rollBack === true ? {} : { tranches: rollBack }
  const timeoutMs = timeout === undefined ? {} : { timeoutMs: timeout }
  return { kind: kindOf(command, options), dryRun, details: { ...tranches, ...timeoutMs } }
}

/** The process that owns the account does it; where none does, this one does it with the keys of the configuration. */
async function repair(command: RepairCommand, options: RepairOptions, terminal: Terminal): Promise<RepairResult> {
  const { kind, dryRun, details } = askedOf(command, options)
  const through = async (owner: AccountOwner, stakes: RepairAccount['stakes'] | null): Promise<RepairResult> => {
    terminal.note(`the process ${owner.record.pid} owns the account and is asked`)
    const action = { command: kind, ...details }
    return repairThroughOwner(owner, { action, symbol: symbolOf(options), dryRun, stakes })
  }
  if (options.config === undefined) return through(await findOwner(options, terminal), saidStakes(options))
  const account = await accountOf(options, terminal)
  const owner = await ownerOfAccount(account)
  if (owner !== null) return through(owner, account.stakes)
  const request = { ...scopeOf(options), ...details, dryRun, actor: actorName() }
  return withRepair(account, { command, isWriting: !dryRun }, async (setup) => REPAIRS[kind](setup, request))
}

/** Repairs an account, or says what would be done. @throws {CommandFailure} when it cannot be opened, or its owner cannot do it */
export async function runRepair(command: RepairCommand, options: RepairOptions, terminal: Terminal): Promise<ExitCode> {
  const result = await repair(command, options, terminal)
  const json = { schema: `tranchebook/${command}/1`, ...result }
  await terminal.print(options.json === true ? jsonText(json) : repairText(result, terminal.hasColour))
  return exitCodeOf(result)
}

/** Examines whether an account can be traded safely. @throws {CommandFailure} when it cannot be opened at all */
export async function runDoctor(options: RepairOptions, terminal: Terminal): Promise<ExitCode> {
  const purpose = { command: 'doctor', isWriting: false }
  const checkPermission = options.dryRun !== true
  const report = await withRepair(await accountOf(options, terminal), purpose, async (setup) =>
    doctor(setup, { ...scopeOf(options), checkPermission }),
  )
  const verdict = report.isFit ? 'fit to trade' : 'NOT FIT to trade: see the problems above'
  const text = `${findingLines(report.findings, terminal.hasColour)}${verdict}\n`
  await terminal.print(options.json === true ? jsonText({ schema: 'tranchebook/doctor/1', ...report }) : text)
  return report.isFit ? EXIT.fine : EXIT.unfit
}
