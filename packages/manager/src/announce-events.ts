import type { BookEvent, TrancheBook } from '@tranchebook/core'
import type { EventEmitter } from 'eventemitter3'
import type { ManagerEvents } from './manager-events.js'

function isOpen(book: TrancheBook, tranche: string): boolean {
  return [...book.groups.LONG.tranches, ...book.groups.SHORT.tranches].some(({ id }) => id === tranche)
}

/** Says what an event of a book means to those who listen. The book is the one after the batch the event belongs to. */
export function announceEvent(emitter: EventEmitter<ManagerEvents>, book: TrancheBook, event: BookEvent): void {
  const { account, symbol } = book
  const at = { account, symbol }
  emitter.emit('event', { ...at, event })
  switch (event.type) {
    case 'TrancheOpened':
      emitter.emit('trancheCreated', { ...at, event })
      return
    case 'TrancheIncreased':
      emitter.emit('trancheIncreased', { ...at, event })
      return
    case 'TrancheIsolated':
      emitter.emit('trancheIsolated', { ...at, event })
      return
    case 'TrancheReleased':
      emitter.emit('trancheReleased', { ...at, event })
      return
    case 'TrancheReduced':
      if (isOpen(book, event.tranche)) emitter.emit('tranchePartialClose', { ...at, event })
      return
    case 'TrancheClosed':
      emitter.emit('trancheClosed', { ...at, event })
      return
    case 'TrancheLiquidated':
      emitter.emit('trancheLiquidated', { ...at, event })
      return
    default:
      announceCondition(emitter, at, event)
  }
}

function announceCondition(
  emitter: EventEmitter<ManagerEvents>,
  at: { readonly account: string; readonly symbol: string },
  event: BookEvent,
): void {
  if (event.type === 'EntryRefused') emitter.emit('entryRefused', { ...at, event })
  else if (event.type === 'DriftDetected') emitter.emit('driftDetected', { ...at, event })
  else if (event.type === 'DriftResolved') emitter.emit('driftResolved', { ...at, event })
  else if (event.type === 'ConflictDetected') emitter.emit('conflictDetected', { ...at, event })
  else if (event.type === 'ProtectionLost') emitter.emit('protectionLost', { ...at, event })
  else if (event.type === 'ProtectionRestored') emitter.emit('protectionRestored', { ...at, event })
  else if (event.type === 'TradingPaused') emitter.emit('tradingPaused', { ...at, event })
  else if (event.type === 'TradingResumed') emitter.emit('tradingResumed', { ...at, event })
}
