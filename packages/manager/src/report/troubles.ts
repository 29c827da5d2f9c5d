import { type BookOrder, formatTime, type PositionMode, type RefusedCancels } from '@tranchebook/core'
import type { Trouble } from './health.js'
import { whyOf } from './logger.js'

/** After a start or a gap, until the venue has been compared with. */
export const OUT_OF_STEP: Trouble = {
  code: 'venueResync',
  message: 'the books are being compared with the venue after a start or a gap',
  level: 'degraded',
  symbol: null,
}

export const UNREACHABLE: Trouble = {
  code: 'venueUnreachable',
  message: 'the venue has not answered several comparisons in a row',
  level: 'degraded',
  symbol: null,
}

export const STOPPING: Trouble = {
  code: 'stopping',
  message: 'the manager is being stopped',
  level: 'degraded',
  symbol: null,
}

export const STOPPED: Trouble = { code: 'stopped', message: 'the manager has stopped', level: 'halted', symbol: null }

export function leaseLost(error: unknown): Trouble {
  const message = `another process owns the account, or the lease could not be renewed: ${whyOf(error)}`
  return { code: 'leaseLost', message, level: 'halted', symbol: null }
}

/** Until the manager ends: only a person can say which of the two is meant. */
export function otherWriter(symbol: string, clientOrderId: string): Trouble {
  const message = `another process runs this account on books of its own: it has placed ${clientOrderId} in ${symbol}; its orders are left alone, no entries: end one of the two, then restart the other`
  return { code: 'otherWriter', message, level: 'degraded', symbol: null }
}

/** Orders of the one mode mean something else in the other: nothing but protection is sent. */
export function wrongMode(expected: PositionMode, actual: PositionMode): Trouble {
  const message = `the account is in position mode ${actual}, the configuration says ${expected}: nothing but protection is sent; change the mode at the venue while it is flat, or the configuration, then resume`
  return { code: 'positionMode', message, level: 'halted', symbol: null }
}

export function symbolJoining(symbol: string): Trouble {
  return { code: 'symbolJoining', message: `${symbol} is being compared with the venue`, level: 'degraded', symbol }
}

/** Until they can be read: what is sent may not fit them. */
export function filtersUnreadable(symbol: string): Trouble {
  const message = `the venue's filters of ${symbol} cannot be read: no entries; protection is sent by those known before, or at prices like those that the venue has taken, and may be refused; nothing is closed for that`
  return { code: 'filtersUnreadable', message, level: 'degraded', symbol }
}

/** Until it is gone, or wanted again. It is tried again and again, with pauses. */
export function cancelRefused(symbol: string, { purpose, clientOrderId }: BookOrder, refused: RefusedCancels): Trouble {
  const { count, since, code, message: words } = refused
  const said = [code, words].filter((word) => word !== null).join(' ')
  const message = `the venue has refused ${count} times since ${formatTime(since)} to cancel ${purpose} ${clientOrderId} of ${symbol}${said === '' ? '' : `: ${said}`}; no entries; it is tried again at least every half minute, and protected if it fills`
  return { code: 'cancelRefused', message, level: 'degraded', symbol }
}

export function marksGap(reason: string): Trouble {
  const message = `the stream of prices is broken: ${reason}`
  return { code: 'marksGap', message, level: 'degraded', symbol: null }
}

/** Where the venue answers when it is asked for the price, what depends on one goes on, a little later; nothing is entered. */
export function priceSilent(symbol: string, isAnswered: boolean): Trouble {
  const message = isAnswered
    ? `no stream tells the price of ${symbol}: no entries; it is asked for every few seconds, and exits by price go by that`
    : `no price of ${symbol} comes: no entries, no exits by price; stops rest at the venue`
  return { code: 'priceSilent', message, level: 'degraded', symbol }
}

export function venueGap(reason: string): Trouble {
  const message = `the venue's account stream is broken: ${reason}`
  return { code: 'venueGap', message, level: 'degraded', symbol: null }
}

export function storeStuck(symbol: string, why: string): Trouble {
  return { code: 'storeStuck', message: `the log of ${symbol} takes no events: ${why}`, level: 'degraded', symbol }
}

export function bookHalted(symbol: string, error: unknown): Trouble {
  return { code: 'bookHalted', message: `the book of ${symbol} has stopped: ${whyOf(error)}`, level: 'halted', symbol }
}

/** Until the manager ends. */
export function closingRuleBroken(symbol: string, error: unknown): Trouble {
  const message = `${whyOf(error)}: LIFO is used instead, no entries; mend the rule or configure another, then restart`
  return { code: 'closingRuleBroken', message, level: 'degraded', symbol }
}
