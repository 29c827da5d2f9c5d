import type { TrancheManager } from '@tranchebook/manager'
import { describe, expect, it } from 'vitest'
import type { ManagerEvents } from '../src/index.js'
import { readPage } from './doc-pages.js'

/** What the emitter beneath it has, too. */
type OfEmitter =
  | 'eventNames'
  | 'rawListeners'
  | 'listeners'
  | 'listenerCount'
  | 'emit'
  | 'on'
  | 'addListener'
  | 'once'
  | 'off'
  | 'removeListener'
  | 'removeAllListeners'

/** Each name, so that the compiler misses the one that is new. */
const METHODS = Object.keys({
  start: 0,
  stop: 0,
  health: 0,
  metrics: 0,
  epoch: 0,
  symbols: 0,
  time: 0,
  addSymbol: 0,
  removeSymbol: 0,
  changeConfiguration: 0,
  readBook: 0,
  readMarket: 0,
  accountState: 0,
  lastReconcile: 0,
  verifyProtection: 0,
  repair: 0,
  canOpenNewTranche: 0,
  adviseSize: 0,
  openTranche: 0,
  addToTranche: 0,
  closeTranche: 0,
  isolateTranche: 0,
  selectTranchesToClose: 0,
  processOrderFill: 0,
  syncWithExchange: 0,
  updateUnrealizedPnl: 0,
  getTranches: 0,
  getTrancheGroup: 0,
  getAllTrancheGroups: 0,
  pause: 0,
  gracefulStop: 0,
  killSwitch: 0,
  resume: 0,
  command: 0,
} satisfies Record<Exclude<keyof TrancheManager, OfEmitter>, 0>)

const EVENTS = Object.keys({
  event: 0,
  trancheCreated: 0,
  trancheIncreased: 0,
  trancheIsolated: 0,
  trancheReleased: 0,
  tranchePartialClose: 0,
  trancheClosed: 0,
  trancheLiquidated: 0,
  entryRefused: 0,
  driftDetected: 0,
  driftResolved: 0,
  conflictDetected: 0,
  protectionLost: 0,
  protectionRestored: 0,
  tradingPaused: 0,
  tradingResumed: 0,
  inputRefused: 0,
  equityDiffers: 0,
  healthChanged: 0,
} satisfies Record<keyof ManagerEvents, 0>)

describe('docs/library.md', () => {
  const page = readPage('docs/library.md')

  it.each(METHODS)('says what %s does', (name) => {
    expect(page.includes(`\`${name}\``)).toBe(true)
  })

  it.each(EVENTS)('says when %s is heard', (name) => {
    expect(page.includes(`\`${name}\``)).toBe(true)
  })
})
