import type { RepairKind, SendingMode } from '@tranchebook/core'
import type { Recorded } from '../manager-events.js'
import { TrancheManager } from '../tranche-manager.js'
import { rehearseRepair } from './rehearse-repair.js'
import type { RepairRequest } from './repair-live.js'
import { type RepairResult, type RepairStep, stepsFrom } from './repair-result.js'
import type { RepairSetup } from './repair-setup.js'

const MODES: Readonly<Record<RepairKind, SendingMode>> = {
  protect: 'protect',
  adopt: 'protect',
  reconcile: 'observe',
  rollBack: 'protect',
  takeOver: 'protect',
}

/** Who repairs by hand wants to know soon that the venue does not answer. */
const LONGEST_START_MS = 30_000

async function repair(setup: RepairSetup, request: RepairRequest, kind: RepairKind): Promise<RepairResult> {
  if (request.dryRun === true) return rehearseRepair(setup, request, kind)
  const { timeoutMs: startTimeoutMs = LONGEST_START_MS } = request
  const manager = TrancheManager.open({ ...setup, mode: MODES[kind], startTimeoutMs })
  const steps: RepairStep[] = []
  manager.on('event', ({ symbol, event }: Recorded) => steps.push(...stepsFrom(symbol, [event])))
  await manager.start()
  try {
    return { ...(await manager.repair(kind, request)), steps }
  } finally {
    await manager.stop()
  }
}

/**
 * Places what is missing of an account's protection, and takes away what is too much. Without a dry run it takes the account's lease.
 *
 * @throws {ManagerError} `manager.lease-held` where a process runs the account: ask that process
 * @throws {VenueError} where the venue could not be asked
 */
export async function protect(setup: RepairSetup, request: RepairRequest = {}): Promise<RepairResult> {
  return repair(setup, request, 'protect')
}

/**
 * Opens tranches for what the venue holds beyond the books, whatever the drift policy, and protects them: how an account that was
 * traded before, by hand or by another bot, is taken over. Without a dry run it takes the account's lease.
 *
 * @throws {ManagerError} `manager.lease-held` where a process runs the account: ask that process
 * @throws {VenueError} where the venue could not be asked
 */
export async function adopt(setup: RepairSetup, request: RepairRequest = {}): Promise<RepairResult> {
  return repair(setup, request, 'adopt')
}

/**
 * Compares an account with its venue and books what was missed; sends nothing. Without a dry run it takes the account's lease.
 *
 * @throws {ManagerError} `manager.lease-held` where a process runs the account: ask that process
 * @throws {VenueError} where the venue could not be asked
 */
export async function reconcile(setup: RepairSetup, request: RepairRequest = {}): Promise<RepairResult> {
  return repair(setup, request, 'reconcile')
}

/**
 * Gives adopted tranches up again, without an order: their protection is cancelled, the position stays, and the drift policy of the
 * symbol becomes `ALERT`, recorded. Whoever owned the position before owns it again. Without a dry run it takes the account's lease.
 *
 * @throws {ManagerError} `manager.lease-held` where a process runs the account: ask that process
 * @throws {VenueError} where the venue could not be asked
 */
export async function rollBackAdoption(setup: RepairSetup, request: RepairRequest = {}): Promise<RepairResult> {
  return repair(setup, request, 'rollBack')
}

/**
 * Ends the conflict of one-way books whose venue holds the other side: what they hold closes at the mark, as an estimate, what the venue
 * holds is recovered and protected. No order closes anything. Without a dry run it takes the account's lease.
 *
 * @throws {ManagerError} `manager.lease-held` where a process runs the account: ask that process
 * @throws {VenueError} where the venue could not be asked
 */
export async function takeOver(setup: RepairSetup, request: RepairRequest = {}): Promise<RepairResult> {
  return repair(setup, request, 'takeOver')
}
