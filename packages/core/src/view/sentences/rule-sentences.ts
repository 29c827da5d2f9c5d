import type { PauseKind } from '../../book/book.js'
import type { RepairKind } from '../../book/rule-events.js'
import { listed, type Sentences } from './sentence.js'

const PAUSES: Readonly<Record<PauseKind, string>> = {
  pause: 'entries are paused',
  gracefulStop: 'a graceful stop began: no new entries, open tranches are finished',
  killSwitch: 'the kill switch was pulled: everything is being closed',
  driftHalt: 'a drift halted entries',
}

const REPAIRS: Readonly<Record<RepairKind, string>> = {
  protect: 'to place the protection that is missing',
  adopt: 'to take over what the venue holds',
  reconcile: 'to compare with the venue',
  rollBack: 'to give up what was adopted',
  takeOver: 'to believe the venue about the side it holds',
}

function by(actor: string | null): string {
  return actor === null ? '' : ` by ${actor}`
}

/** Rules, commands and their refusals. */
export const RULE_SENTENCES: Sentences<
  | 'BookOpened'
  | 'ConfigurationChanged'
  | 'EntryRefused'
  | 'CommandRefused'
  | 'RepairRequested'
  | 'TradingPaused'
  | 'TradingResumed'
> = {
  BookOpened: ({ account, symbol, positionMode }) =>
    `the book of ${symbol} in account ${account} begins, in ${positionMode === 'HEDGE' ? 'hedge' : 'one-way'} mode`,
  ConfigurationChanged: ({ options }) => `configuration changed: ${listed(Object.keys(options))}`,
  EntryRefused: ({ side, code, message }) => `${side} entry refused, ${code}: ${message}`,
  CommandRefused: ({ command, code, message }) => `command ${command} refused, ${code}: ${message}`,
  RepairRequested: ({ kind, actor }) => `${actor ?? 'somebody'} asked ${REPAIRS[kind]}`,
  TradingPaused: ({ kind, actor }) => `${PAUSES[kind]}${by(actor)}`,
  TradingResumed: ({ actor }) => `trading resumed${by(actor)}`,
}
