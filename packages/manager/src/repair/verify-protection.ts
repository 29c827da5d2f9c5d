import { judgeBroken, judgePosition, judgeUnmanaged, type PositionProtection } from './judge-position.js'
import { type Rehearsal, rehearseAccount } from './rehearse-account.js'
import type { Finding, RepairScope, RepairSetup } from './repair-setup.js'

/** Whether every open position is behind stops at the venue. */
export interface ProtectionReport {
  readonly account: string
  /** The venue's time, epoch ms. */
  readonly time: number
  readonly isProtected: boolean
  readonly positions: readonly PositionProtection[]
  readonly findings: readonly Finding[]
}

function unlistedFinding(symbol: string): Finding {
  return {
    level: 'problem',
    code: 'symbolNotListed',
    symbol,
    message: `${symbol}: the venue does not list it; correct its spelling in the configuration, or close what is left of it at the venue`,
  }
}

/** Judges what a rehearsal has read. */
export function reportProtection({ account, time, books, broken, unlisted, unmanaged }: Rehearsal): ProtectionReport {
  const judged = [
    ...books.flatMap((book) =>
      book.positions.filter(({ quantity }) => quantity !== 0n).map((position) => judgePosition(book, position)),
    ),
    ...broken.flatMap((book) =>
      book.positions.filter(({ quantity }) => quantity !== 0n).map((position) => judgeBroken(book, position)),
    ),
    ...unmanaged.map(({ position, openOrders }) => judgeUnmanaged(position, openOrders)),
  ]
  const findings = [...judged.flatMap((each) => each.findings), ...unlisted.map(unlistedFinding)]
  const isProtected = findings.every(({ level }) => level !== 'problem')
  return { account, time, isProtected, positions: judged.map(({ position }) => position), findings }
}

/**
 * Whether every open position is behind stops that rest at the venue. Reads only, needs no lease, and may run beside the process that
 * owns the account.
 *
 * @throws {VenueError} where the venue could not be asked: that is no proof of protection
 */
export async function verifyProtection(setup: RepairSetup, scope: RepairScope = {}): Promise<ProtectionReport> {
  return reportProtection(await rehearseAccount(setup, scope))
}
