import { type EventDocs, SHARED } from './event-doc.js'

/** The book itself, its rules, and what was refused. */
export const RULE_DOCS: EventDocs<
  | 'BookOpened'
  | 'ConfigurationChanged'
  | 'EntryRefused'
  | 'CommandRefused'
  | 'RepairRequested'
  | 'TradingPaused'
  | 'TradingResumed'
> = {
  BookOpened: {
    meaning: 'The first event of every log: whose book it is.',
    when: 'before the first event of the book',
    fields: {
      account: 'first half of the stream name',
      symbol: 'second half, as the venue writes it',
      positionMode: '`HEDGE` or `ONE_WAY`',
    },
  },
  ConfigurationChanged: {
    meaning: 'Options of this book changed. Open tranches keep the percentages and levels they were opened with.',
    when: 'the command `configure`',
    fields: { options: 'as given; what is not named stays' },
  },
  EntryRefused: {
    meaning: 'An entry was not allowed. Nothing was intended.',
    when: 'the first entry rule that fails, in the order of the rules',
    fields: { side: SHARED.side, code: 'the rule, such as `maxTranchesReached`', message: 'with the figures' },
  },
  CommandRefused: {
    meaning: 'A command had no effect.',
    when: 'it cannot be done: the tranche is not open, nothing may be sent, …',
    fields: { command: 'its name', code: 'such as `trancheNotOpen`, `notSending`', message: 'for people' },
  },
  RepairRequested: {
    meaning: 'Somebody asked for a repair. It changes nothing by itself: what it did follows in events of its own.',
    when: 'the command `repair`, before a running process protects, adopts, compares or rolls back',
    fields: { kind: '`protect`, `adopt`, `reconcile`, `rollBack`', actor: 'who asked; `null` = not told' },
  },
  TradingPaused: {
    meaning: 'Entries stop; protection goes on.',
    when: 'a command, or `driftPolicy: HALT`',
    fields: {
      kind: '`pause`, `gracefulStop`, `killSwitch`, `driftHalt`',
      actor: 'who asked; `null` = not told, or the book itself',
    },
  },
  TradingResumed: {
    meaning: 'Entries may open again.',
    when: 'the command `resume`',
    fields: { actor: 'who asked; `null` = not told' },
  },
}
