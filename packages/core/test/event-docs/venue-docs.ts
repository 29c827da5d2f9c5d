import { type EventDocs, SHARED } from './event-doc.js'

const { positionSide, side } = SHARED

/** What the venue said, and how well the book is protected there. */
export const VENUE_DOCS: EventDocs<
  | 'PositionChecked'
  | 'DriftDetected'
  | 'DriftResolved'
  | 'ConflictDetected'
  | 'ConflictResolved'
  | 'ProtectionLost'
  | 'ProtectionRestored'
  | 'ProtectionDegraded'
> = {
  PositionChecked: {
    meaning: 'A position report was compared with the book.',
    when: 'a report says something else than the one before, or a difference is still being looked at',
    fields: {
      positionSide,
      quantity: "the venue's, base; signed for `BOTH`",
      entryPrice: "the venue's average; `null` = not told",
      markPrice: '`null` = not told',
      ours: "Σ of open tranches, the venue's sign",
      status: '`synced`, `drift`, `conflict`',
      isSettled: 'false while a difference waits for `driftSettleMs` and a second look',
    },
  },
  DriftDetected: {
    meaning: 'A difference has settled; what is done about it follows from `driftPolicy`.',
    when: 'the second look after `driftSettleMs` still differs',
    fields: { positionSide, ours: 'base', venue: 'base', policy: '`ADOPT`, `HALT`, `ALERT`' },
  },
  DriftResolved: {
    meaning: 'Book and venue agree again.',
    when: 'after adoption, or when the difference went away',
    fields: { positionSide, how: '`adopted` (the figure of the venue was taken over) or `agrees` (it went away)' },
  },
  ConflictDetected: {
    meaning: 'Venue and book contradict each other: only protection is sent until a command.',
    when: 'the venue holds the opposite side after a second look, or a fill closed more than was open',
    fields: { code: '`oppositeSide`, `closeExceedsOpen`, …', message: 'for people' },
  },
  ConflictResolved: {
    meaning: 'It is over.',
    when: 'the command `resolveConflict`, or the missing entry came late',
    fields: { note: 'as given; `null` = none' },
  },
  ProtectionLost: {
    meaning: 'Some open quantity has no stop at the venue. The time of this event is the time since when.',
    when: 'working stops cover less than is open',
    fields: { side, quantity: 'base, uncovered', reason: 'for people' },
  },
  ProtectionRestored: {
    meaning: 'Every open quantity has a stop again.',
    when: 'working stops cover what is open',
    fields: { forMs: 'ms without full cover' },
  },
  ProtectionDegraded: {
    meaning: 'Coarser orders than configured protect the group. Never: no stop.',
    when: 'the venue has too little room, or stops keep being refused',
    fields: {
      side,
      step: '`combineTakeProfits`, `combineStops`, `combinedPair`, `closePosition`',
      reason: 'for people',
    },
  },
}
