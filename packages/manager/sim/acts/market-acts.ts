import { parseMoney, parsePrice, formatPrice } from '@tranchebook/core'
import {
  closeByVenue,
  marketOf,
  movePrice,
  openPositions,
  parseRate,
  payFunding,
  transfer,
  walletOf,
} from '@tranchebook/simulator'
import { ACCOUNT, type World } from '../world/world.js'
import { type Act, drawSymbol } from './act.js'

const LARGEST_MOVE = 80
const LARGEST_GAP = 500

function moveTo(
  world: World,
  symbol: string,
  { basisPoints, isGap }: { readonly basisPoints: number; readonly isGap: boolean },
): void {
  const { mark, listing } = marketOf(world.exchange, symbol)
  if (listing !== 'listed') return
  const { tickSize } = marketOf(world.exchange, symbol).rules.instrument
  const moved = (mark * BigInt(10_000 + basisPoints)) / 10_000n
  const to = parsePrice(formatTick(moved, tickSize))
  world.tell(`${symbol} moves to ${formatPrice(to)}${isGap ? ' at once' : ''}`)
  movePrice(world.exchange, { symbol, to, axis: 'both', isGap })
}

function formatTick(price: bigint, tick: bigint): string {
  const onTick = price - (price % tick)
  const digits = onTick.toString().padStart(13, '0')
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`
}

/** The price goes up or down, through all that lies between. */
function move(world: World): void {
  const basisPoints = world.random.next(2 * LARGEST_MOVE + 1) - LARGEST_MOVE
  moveTo(world, drawSymbol(world), { basisPoints, isGap: false })
}

/** The same price once more: it is fresh again. */
export function touch(world: World): void {
  for (const symbol of world.circumstances.symbols) moveTo(world, symbol, { basisPoints: 0, isGap: false })
}

function gap(world: World): void {
  const basisPoints = world.random.next(2 * LARGEST_GAP + 1) - LARGEST_GAP
  world.tally.note('market.gap')
  moveTo(world, drawSymbol(world), { basisPoints, isGap: true })
}

function fund(world: World): void {
  const symbol = drawSymbol(world)
  world.tally.note('venue.funding')
  payFunding(world.exchange, symbol, parseRate(world.random.chance(500) ? '0.0001' : '-0.0002'))
}

function deleverage(world: World): void {
  const { account, exchange, random } = world
  const [position] = openPositions(account)
  if (position === undefined) return
  const by = random.chance(700) ? 'adl' : 'settlement'
  world.tally.note(`venue.${by}`)
  const { symbol, positionSide } = position
  closeByVenue(exchange, ACCOUNT, { symbol, positionSide, quantity: null, by })
}

/** Nearly everything is taken out, so that the next price ruins the account; then it is put back. */
function liquidate(world: World): void {
  const { account, exchange } = world
  if (openPositions(account).length === 0) return
  world.tally.note('venue.liquidation')
  const wallet = walletOf(account, 'USDT')
  transfer(exchange, ACCOUNT, { asset: 'USDT', amount: parseMoney('1') })
  credit(world, -wallet)
  for (const symbol of world.circumstances.symbols)
    moveTo(world, symbol, { basisPoints: world.random.chance(500) ? 20 : -20, isGap: false })
  credit(world, wallet)
}

function credit({ exchange }: World, amount: bigint): void {
  transfer(exchange, ACCOUNT, { asset: 'USDT', amount: parseMoney(`${amount / 10n ** 24n}`) })
}

/** What markets and the venue itself do. */
export const MARKET_ACTS: readonly Act[] = [
  { name: 'move', weight: 340, run: move },
  { name: 'gap', weight: 20, run: gap },
  { name: 'fund', weight: 10, run: fund },
  { name: 'deleverage', weight: 5, run: deleverage },
  { name: 'liquidate', weight: 5, run: liquidate },
]
