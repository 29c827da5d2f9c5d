import { parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import { delistSymbol, type FilterChange, marketOf, settleSymbol } from '@tranchebook/simulator'
import { pick } from '../world/circumstances.js'
import type { World } from '../world/world.js'
import { type Act, drawSymbol } from './act.js'

const step = (text: string): FilterChange => ({ stepSize: parseQuantity(text), minQuantity: parseQuantity(text) })

/** Coarser and finer than usual, and back; limits that bite. */
const CHANGES: readonly FilterChange[] = [
  ...['0.01', '0.1', '0.5', '1', '5'].map((text) => ({ tickSize: parsePrice(text) })),
  ...['0.0001', '0.001', '0.002', '0.005', '0.01'].map(step),
  ...['5', '20', '100', '400'].map((text) => ({ minNotional: parseMoney(text) })),
  ...['0.02', '0.05', '120'].map((text) => ({ maxMarketQuantity: parseQuantity(text) })),
  ...['0.04', '1000'].map((text) => ({ maxQuantity: parseQuantity(text) })),
  ...[3, 8, 200].map((maxOrders) => ({ maxOrders })),
]

/** Where no limit of the account counts, the symbol has one of its own. */
const ROOMS: readonly FilterChange[] = [2, 3, 4, 200].map((maxConditionalOrders) => ({ maxConditionalOrders }))

function tellChange(change: FilterChange): string {
  return JSON.stringify(change, (_, value: unknown) => (typeof value === 'bigint' ? `${value} × 10^-12` : value))
}

/** The venue changes a filter. It announces nothing: the next order that does not fit is refused. */
function changeFilter(world: World): void {
  const symbol = drawSymbol(world)
  const hasOwnRoom = world.circumstances.behaviour.maxConditionals === null
  const change = pick(world.random, hasOwnRoom ? [...CHANGES, ...ROOMS] : CHANGES)
  world.tally.note('venue.filters')
  world.tell(`${symbol}: ${tellChange(change)} from now on`)
  world.changeFilters(symbol, change)
}

const MOST_NOTICE_MS = 15_000
const LEAST_SETTLED_MS = 5000
const MORE_SETTLED_MS = 40_000

/** The venue takes a symbol away: no more entries, then settled at the mark, then mostly struck off the list. */
function delist(world: World): void {
  const symbol = drawSymbol(world)
  const { exchange, clock, random } = world
  if (!marketOf(exchange, symbol).rules.instrument.isTrading) return
  const noticeMs = random.next(MOST_NOTICE_MS)
  const settledMs = LEAST_SETTLED_MS + random.next(MORE_SETTLED_MS)
  const isStruck = random.chance(700)
  world.expect(noticeMs + (isStruck ? settledMs : 0))
  world.tally.note('venue.delisting')
  world.tell(`${symbol} can only be closed, is settled in ${noticeMs} ms`)
  world.changeFilters(symbol, { isTrading: false })
  clock.schedule(noticeMs, () => {
    world.tell(`${symbol} is settled`)
    settleSymbol(exchange, symbol)
  })
  if (isStruck)
    clock.schedule(noticeMs + settledMs, () => {
      world.tally.note('venue.struckOff')
      world.tell(`${symbol} is not listed any more`)
      delistSymbol(exchange, symbol)
    })
}

/** What a venue does to a symbol. */
export const VENUE_ACTS: readonly Act[] = [
  { name: 'delist', weight: 4, run: delist },
  { name: 'changeFilter', weight: 14, run: changeFilter },
]
