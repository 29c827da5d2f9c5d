import { parsePrice } from '@tranchebook/core'
import { movePrice } from '@tranchebook/simulator'
import { openManyBooks } from './many-books.js'

function heapBytes(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** What the books themselves grow by over many events: snapshots of them, without the log and the venue, which remember everything. */
export async function memoryGrowth(events: number): Promise<Readonly<Record<string, number>>> {
  const books = await openManyBooks(1)
  const { manager, symbols, exchange, pass } = books
  const [symbol = ''] = symbols
  const trade = async (): Promise<void> => {
    movePrice(exchange, { symbol, to: parsePrice('100'), axis: 'both', isGap: false })
    await Promise.all([manager.openTranche({ symbol, side: 'LONG', quantity: '1' }), pass(200)])
    await Promise.all([manager.command(symbol, { command: 'closeGroup', side: 'LONG' }), pass(200)])
  }
  const bookBytes = (): number => {
    const { book } = manager.readBook(symbol)
    const counts = [book.orders.size, book.endedOrders.size, book.fills.seen.size, book.fills.older.size]
    return counts.reduce((sum, count) => sum + count, book.groups.LONG.tranches.length + book.fundingIds.length)
  }
  while (manager.metrics.events < events / 5) await trade()
  const [heapBefore, entriesBefore] = [heapBytes(), bookBytes()]
  while (manager.metrics.events < events) await trade()
  const [heapAfter, entriesAfter] = [heapBytes(), bookBytes()]
  const recorded = manager.metrics.events
  await manager.stop()
  return {
    memoryEvents: recorded,
    bookEntriesAtAFifth: entriesBefore,
    bookEntriesAtTheEnd: entriesAfter,
    heapBytesPerEventWithLogAndVenue: Math.round((heapAfter - heapBefore) / (recorded * 0.8)),
  }
}
