import type { Health, HealthReason } from '@tranchebook/manager'
import type { HealthReasonView, HealthView } from '../api/account-view.js'
import type { LeftOutBook } from '../source/dashboard-source.js'
import type { Looking } from './looking.js'

/** What to do about each reason of the manager's health, by its code. */
export const RUNBOOK: Readonly<Record<string, string>> = {
  venueResync:
    'Wait: entries are off until the comparison is through, protection goes on. If it lasts a minute, look at the network.',
  venueUnreachable:
    "Look at the network and the venue's status page. Stops that rest at the venue protect what is open meanwhile.",
  venueGap: 'Wait: the stream is opened again and the books are compared before anything is decided.',
  marksGap: 'Wait: the stream of prices is opened again. Stops that rest at the venue do not need it.',
  priceSilent:
    'Look whether the symbol trades at all, and at the network. Stops rest at the venue; whether exits by price go on, the message says.',
  filtersUnreadable:
    'Look whether stops of the symbol rest at the venue: what is sent may not fit. Entries come back once its filters can be read.',
  cancelRefused:
    "Read what the venue says; if it stays, cancel the order on the venue's own page. It is tried again, and what fills of it is protected.",
  positionMode:
    'Change the position mode at the venue while it is flat, or the configuration; then resume. Protection is sent meanwhile.',
  symbolJoining: 'Wait: the symbol is compared with the venue before it takes entries.',
  storeStuck: 'Look at the database: disk space, connections, locks. Nothing is sent that could not be recorded.',
  closingRuleBroken:
    'Mend the closing rule of your own, or configure another; then restart. LIFO splits what closes until then, and nothing is entered.',
  bookHalted:
    'Do not restart blindly: read the message, run tranchebook verify-protection, and keep the log for a report.',
  bookUnreadable:
    'Run tranchebook log verify and keep the log for a report. What is shown of this book ends before its newest event.',
  bookLeftOut: 'Mend the recording and open it again. The other books are shown whole.',
  logUnreadable:
    'Look at the database. Whether stops rest at the venue is shown as it is now, the books as they were last read.',
  leaseLost: 'Another process writes this account now: look there. Nothing is sent from here any more.',
  otherWriter:
    'Find the other process, decide which books are the right ones, end the other, then restart this one. Neither cancels the stops of the other.',
  stopping: 'Wait: what is decided is recorded, what is being sent is answered. Orders at the venue stay.',
  stopped: 'Start the process again: it replays its log, compares with the venue and protects before it trades.',
}

const BY_STATUS: Readonly<Record<HealthView['status'], string>> = {
  starting: 'Wait: the log is replayed, then compared with the venue; protection comes before entries.',
  live: 'Nothing to do.',
  degraded: 'Entries are off, protection goes on. Do what the reasons say; it ends by itself when they do.',
  halted:
    'Nothing is decided any more, or nothing but protection. Look at the venue: stops that rest there still protect.',
  recorded: 'A log is looked at; nobody runs on it from here.',
}

function withAdvice(reason: HealthReason): HealthReasonView {
  return { ...reason, advice: RUNBOOK[reason.code] ?? BY_STATUS[reason.level] }
}

/** Health with the runbook's line for each reason and for the whole; `null` = nobody runs. */
export function presentHealth(health: Health | null): HealthView {
  if (health === null) return { status: 'recorded', reasons: [], advice: BY_STATUS.recorded }
  return { status: health.status, reasons: health.reasons.map(withAdvice), advice: BY_STATUS[health.status] }
}

/** Health with the books added whose log could not be folded: what is shown of them ends before their newest event. */
export function withFaults(health: HealthView, lookings: readonly Looking[]): HealthView {
  const faults = lookings.flatMap(({ fold: { book, fault } }): HealthReasonView[] => {
    if (fault === null) return []
    const { symbol, version, time: since } = book
    const message = `the log of ${symbol} cannot be folded after version ${version}: ${fault}`
    return [
      { code: 'bookUnreadable', message, level: 'halted', symbol, since, advice: RUNBOOK['bookUnreadable'] ?? '' },
    ]
  })
  return { ...health, reasons: [...health.reasons, ...faults] }
}

/** Health with the books added that a recording has and nothing here shows. */
export function withLeftOut(health: HealthView, leftOut: readonly LeftOutBook[], since: number): HealthView {
  const advice = RUNBOOK['bookLeftOut'] ?? ''
  const left = leftOut.map(({ symbol, why }): HealthReasonView => {
    return { code: 'bookLeftOut', message: `not shown: ${why}`, level: 'halted', symbol, since, advice }
  })
  return { ...health, reasons: [...health.reasons, ...left] }
}

/** Health with the reason added that the log cannot be read: what is shown is older than that. */
export function withLogTrouble(health: HealthView, why: string, since: number): HealthView {
  const message = `the log cannot be read just now: ${why}`
  const advice = RUNBOOK['logUnreadable'] ?? ''
  const reason: HealthReasonView = { code: 'logUnreadable', message, level: 'degraded', symbol: null, since, advice }
  return { ...health, reasons: [...health.reasons, reason] }
}
