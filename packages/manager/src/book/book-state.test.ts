import { type BookEvent, DEFAULT_CONFIG, emptyBook, stateHash } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { BOOK_RULES } from './book-rules.js'
import { BookState } from './book-state.js'

const header = { version: 1, time: 5, causationId: 'x', correlationId: 'x' } as const
const identity = { account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' } as const
const EVENTS: readonly BookEvent[] = [
  { ...header, type: 'BookOpened', ...identity },
  { ...header, type: 'TradingPaused', kind: 'pause', actor: null },
  { ...header, type: 'ConfigurationChanged', options: { maxTranches: 7 } },
]

function open(): BookState {
  return new BookState(
    { book: emptyBook(identity), config: DEFAULT_CONFIG },
    { known: { closingRules: [] }, rules: BOOK_RULES },
  )
}

describe('a book and what is decided ahead of it', () => {
  it('shows what is proposed to decisions only', () => {
    const state = open()
    state.propose(EVENTS)
    expect([state.working.book.version, state.working.config.maxTranches]).toEqual([3, 7])
    expect([state.durable.book.version, state.durable.config.maxTranches]).toEqual([0, 3])
  })

  it('is one again once that is durable, byte for byte', () => {
    const state = open()
    state.propose(EVENTS)
    state.commit(EVENTS)
    expect(stateHash(state.durable.book)).toBe(stateHash(state.working.book))
  })

  it('forgets what did not become durable', () => {
    const state = open()
    const before = stateHash(state.durable.book)
    state.propose(EVENTS)
    state.rollBack()
    expect(stateHash(state.working.book)).toBe(before)
    expect(state.working.config).toBe(DEFAULT_CONFIG)
    state.propose(EVENTS)
    expect(state.working.book.pauses).toEqual(['pause'])
    expect(state.durable.book.pauses).toEqual([])
  })
})
