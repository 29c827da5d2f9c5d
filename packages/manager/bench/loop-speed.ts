import { asPrice, parsePrice } from '@tranchebook/core'
import { movePrice } from '@tranchebook/simulator'
import { type ManyBooks, openManyBooks } from './many-books.js'
import { percentile, rounded } from './percentiles.js'

type Figures = Readonly<Record<string, number | null>>

const TICK = 10n ** 10n

function freshMarks({ exchange, symbols }: ManyBooks, round: number): void {
  for (const symbol of symbols) {
    const to = asPrice(parsePrice('100') + BigInt(round % 2) * TICK)
    movePrice(exchange, { symbol, to, axis: 'both', isGap: false })
  }
}

/** One entry and its exit in every book, protection included. */
async function tradeAll(books: ManyBooks, round: number): Promise<void> {
  const { manager, symbols, pass } = books
  freshMarks(books, round)
  const opened = symbols.map((symbol) => manager.openTranche({ symbol, side: 'LONG', quantity: '1' }))
  await Promise.all([Promise.all(opened), pass(300)])
  const closed = symbols.map((symbol) => manager.command(symbol, { command: 'closeGroup', side: 'LONG' }))
  await Promise.all([Promise.all(closed), pass(300)])
}

async function eventsPerSecond(count: number, events: number): Promise<number> {
  const books = await openManyBooks(count)
  await tradeAll(books, 0)
  const before = books.manager.metrics.events
  const started = process.cpuUsage()
  for (let round = 1; books.manager.metrics.events - before < events; round += 1) await tradeAll(books, round)
  const { user, system } = process.cpuUsage(started)
  const seconds = (user + system) / 1e6
  const recorded = books.manager.metrics.events - before
  await books.manager.stop()
  return Math.round(recorded / seconds)
}

/**
 * Events per second of processor time through the whole loop: decided, recorded in memory, sent to a venue in this process, which
 * takes its share, and its answers booked.
 */
export async function loopSpeed(scale: number): Promise<Figures> {
  const events = Math.ceil(20_000 * scale)
  return {
    eventsPerSecond1: await eventsPerSecond(1, events),
    eventsPerSecond10: await eventsPerSecond(10, events),
    eventsPerSecond: await eventsPerSecond(100, events),
  }
}

/** Of processor time: other programs do not count. */
function viewsMs({ manager }: ManyBooks): number {
  const started = process.cpuUsage()
  manager.getAllTrancheGroups()
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

/** A second's array of marks for 100 symbols with ten tranches each, none of which decides anything. */
export async function markArray(scale: number): Promise<Figures> {
  const books = await openManyBooks(100)
  for (let round = 0; round < 10; round += 1) {
    freshMarks(books, round)
    const opened = books.symbols.map((symbol) =>
      books.manager.openTranche({ symbol, side: 'LONG', quantity: '1', price: null }),
    )
    await Promise.all([Promise.all(opened), books.pass(300)])
  }
  const open = books.manager.getAllTrancheGroups().reduce((sum, { tranches }) => sum + tranches.length, 0)
  const samples: number[] = []
  for (let second = 1; second <= Math.ceil(200 * scale); second += 1) {
    const time = books.clock.now() + second
    const price = asPrice(parsePrice('100') + BigInt(second % 50) * TICK)
    const started = performance.now()
    for (const symbol of books.symbols)
      books.tell({ type: 'mark', id: `mark:${time}`, time, account: 'main', symbol, price })
    samples.push(performance.now() - started)
  }
  const [first = Number.NaN, ...later] = Array.from({ length: 21 }, () => viewsMs(books))
  await books.manager.stop()
  const [markArrayMs, markArrayMsP99] = [percentile(samples, 50), percentile(samples, 99)]
  const views = { allViewsMs: percentile(later, 50), allViewsFirstMs: rounded(first) }
  return { markArrayTranches: open, markArrayMs, markArrayMsP99, ...views }
}
