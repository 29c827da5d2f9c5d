import type { OrderOutcome, OrderView } from '../../src/api/index.js'

/** How an order stands, by shape and word. */
export const OUTCOMES: Readonly<Record<OrderOutcome, { readonly sign: string; readonly words: string }>> = {
  unknown: { sign: '?', words: 'outcome unknown' },
  open: { sign: '○', words: 'open' },
  filled: { sign: '●', words: 'filled' },
  partlyFilled: { sign: '◑', words: 'partly filled' },
  cancelled: { sign: '–', words: 'cancelled' },
  expired: { sign: '–', words: 'expired' },
  refused: { sign: '×', words: 'refused' },
  absent: { sign: '×', words: 'never arrived' },
}

/** What an order is for, in words: `stop`, `TP2`, `entry`. */
export function purposeText({ purpose, level }: Pick<OrderView, 'purpose' | 'level'>): string {
  if (purpose === 'takeProfit' && level !== null) return `TP${level}`
  return purpose.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

const TAIL = 9

/** The end of an order's id: enough to tell the orders of a book apart. */
export function tailOf(clientOrderId: string): string {
  return clientOrderId.length <= TAIL ? clientOrderId : `…${clientOrderId.slice(-TAIL)}`
}
