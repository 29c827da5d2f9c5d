import type { SendingMode } from '@tranchebook/core'
import type { Stakes } from './open-venue.js'

/** What a running account says of itself. */
export interface RunFacts {
  readonly account: string
  readonly venue: string
  readonly stakes: Stakes
  readonly mode: SendingMode
  readonly symbols: readonly string[]
  /** Where its log is, without a password. */
  readonly place: string
  readonly url: string | null
}

const STAKES: Readonly<Record<Stakes, string>> = {
  SIM: 'a simulated venue on this machine',
  PAPER: 'live prices, simulated fills, no money',
  DEMO: "the venue's demo, play money",
  LIVE: 'REAL MONEY',
}

const MODES: Readonly<Record<SendingMode, string>> = {
  observe: 'observes: sends nothing',
  protect: 'protects what others trade: sends stops and targets, no entries',
  trade: 'trades: sends entries, stops and targets',
}

/** What is printed when an account is live. */
export function runIntroduction({ account, venue, stakes, mode, symbols, place, url }: RunFacts): string {
  return [
    `${stakes.padEnd(6)}${account} at ${venue}: ${STAKES[stakes]}`,
    `mode  ${MODES[mode]}`,
    `books ${symbols.length === 0 ? 'none: name symbols in the configuration' : symbols.join(', ')}`,
    `data  ${place}`,
    ...(url === null ? [] : [`page  ${url}`]),
    'stop  Ctrl-C; orders at the venue stay',
    '',
  ].join('\n')
}
