import type { PauseKind } from '../../book/book.js'
import { listed, type Sentences } from './sentence.js'

const PAUSES: Readonly<Record<PauseKind, string>> = {
  pause: 'entries are paused',
  gracefulStop: 'a graceful stop began: no new entries, open tranches are finished',
  killSwitch: 'the kill switch was pulled: everything is being closed',
  driftHalt: 'a drift halted entries',
}

function by(actor: string | null): string {
  return actor === null ? '' : ` by ${actor}`
}

/** Rules, commands and their refusals. */
export const RULE_SENTENCES: Sentences<
  'BookOpened' | 'ConfigurationChanged' | 'EntryRefused' | 'CommandRefused' | 'TradingPaused' | 'TradingResumed'
> = {
  BookOpened: ({ account, symbol, positionMode }) =>
    `the book of ${symbol} in account ${account} begins, in ${positionMode === 'HEDGE' ? 'hedge' : 'one-way'} mode`,
  ConfigurationChanged: ({ options }) => `configuration changed: ${listed(Object.keys(options))}`,
  EntryRefused: ({ side, code, message }) => `${side} entry refused, ${code}: ${message}`,
  CommandRefused: ({ command, code, message }) => `command ${command} refused, ${code}: ${message}`,
  TradingPaused: ({ kind, actor }) => `${PAUSES[kind]}${by(actor)}`,
  TradingResumed: ({ actor }) => `trading resumed${by(actor)}`,
}
