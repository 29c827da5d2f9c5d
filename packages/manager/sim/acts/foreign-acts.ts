import { asQuantity, parsePrice, parseQuantity, type PositionSide } from '@tranchebook/core'
import {
  cancelConditional,
  cancelOrder,
  marketOf,
  openPositions,
  type OrderSpec,
  PLAIN_SPEC,
  placeOrder,
} from '@tranchebook/simulator'
import { pick } from '../world/circumstances.js'
import { ACCOUNT, type World } from '../world/world.js'
import { type Act, drawSymbol } from './act.js'
import { loseHistoryFor } from './mishaps.js'
import { takeOver } from './user-acts.js'

function drawPosition({ account, random }: World, side: 'BUY' | 'SELL'): PositionSide {
  if (!account.isHedge) return 'BOTH'
  const isUsual = random.chance(700)
  return (side === 'BUY') === isUsual ? 'LONG' : 'SHORT'
}

/** A market order from the venue's own page. */
function tradeByHand(
  { exchange, random }: World,
  order: Pick<OrderSpec, 'symbol' | 'side' | 'positionSide'> & { readonly quantity: bigint },
): void {
  const quantity = asQuantity(order.quantity)
  const clientOrderId = `web_${random.text(8)}`
  placeOrder(exchange, ACCOUNT, { ...PLAIN_SPEC, ...order, type: 'MARKET', quantity, clientOrderId })
}

const sizeOf = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

/** Somebody trades by hand, on the venue's own page. */
function trade(world: World): void {
  const { random } = world
  const symbol = drawSymbol(world)
  const side = random.chance(500) ? 'BUY' : 'SELL'
  const positionSide = drawPosition(world, side)
  const quantity = parseQuantity(symbol === 'ETHUSDT' ? `0.${1 + random.next(9)}` : `0.0${1 + random.next(9)}`)
  world.tally.note('foreign.trade')
  world.tell(`by hand: ${side} ${positionSide} ${quantity} × 10^-12 ${symbol}`)
  tradeByHand(world, { symbol, side, positionSide, quantity })
}

/** A limit order of somebody else's rests near the price, and may fill at any time. */
function rest(world: World): void {
  const { exchange, random } = world
  const symbol = drawSymbol(world)
  const side = random.chance(500) ? 'BUY' : 'SELL'
  const { mark } = marketOf(exchange, symbol)
  const whole = (mark * BigInt(side === 'BUY' ? 9960 : 10_040)) / 10_000n / 10n ** 12n
  world.tally.note('foreign.limit')
  placeOrder(exchange, ACCOUNT, {
    ...PLAIN_SPEC,
    symbol,
    side,
    positionSide: drawPosition(world, side),
    type: 'LIMIT',
    price: parsePrice(`${whole}`),
    quantity: parseQuantity(symbol === 'ETHUSDT' ? '0.2' : '0.01'),
    clientOrderId: `web_${random.text(8)}`,
  })
}

/** Somebody cancels one of our orders. */
function cancel(world: World): void {
  const { account, exchange, random } = world
  const waiting = [...account.waiting.values()]
  const live = [...account.live.values()]
  if (waiting.length + live.length === 0) return
  const order = pick(random, [...waiting, ...live])
  world.tally.note('foreign.cancel')
  world.tell(`by hand: ${order.clientOrderId} is cancelled`)
  const { clientOrderId, spec, id } = order
  if (account.waiting.has(id)) cancelConditional(exchange, ACCOUNT, { clientOrderId })
  else cancelOrder(exchange, ACCOUNT, { symbol: spec.symbol, name: { clientOrderId } })
}

/** Somebody closes a position by hand. */
function close(world: World): void {
  const positions = openPositions(world.account)
  if (positions.length === 0) return
  world.tally.note('foreign.close')
  closeByHand(world, pick(world.random, positions).symbol)
}

/** Closes all that the venue holds of a symbol, on its own page. */
export function closeByHand(world: World, symbol: string): void {
  for (const { symbol: held, positionSide, amount } of openPositions(world.account))
    if (held === symbol)
      tradeByHand(world, { symbol, side: amount > 0n ? 'SELL' : 'BUY', positionSide, quantity: sizeOf(amount) })
}

const MOST_TURNED_STEPS = 90
const LEAST_UNSEEN_MS = 10_000
const MORE_UNSEEN_MS = 30_000
const LEAST_BELIEVED_MS = 5000

/** Somebody turns a one-way position over while only the position itself tells of it; sooner or later a person believes it. */
function turnUnseen(world: World): void {
  const { account, exchange, random } = world
  const open = openPositions(account).find(({ positionSide }) => positionSide === 'BOTH')
  if (open === undefined) return
  const { symbol, amount } = open
  const { stepSize } = marketOf(exchange, symbol).rules.instrument
  const quantity = sizeOf(amount) + stepSize * (1n + BigInt(random.next(MOST_TURNED_STEPS)))
  const side = amount > 0n ? 'SELL' : 'BUY'
  loseHistoryFor(world, LEAST_UNSEEN_MS + random.next(MORE_UNSEEN_MS))
  world.tally.note('foreign.turn')
  world.tell(`by hand, unseen: ${side} ${quantity} × 10^-12 ${symbol}`)
  tradeByHand(world, { symbol, side, positionSide: 'BOTH', quantity })
  world.clock.schedule(LEAST_BELIEVED_MS + random.next(MORE_UNSEEN_MS), () => {
    takeOver(world)
  })
}

/** What others do to the account. */
export const FOREIGN_ACTS: readonly Act[] = [
  { name: 'trade', weight: 35, run: trade },
  { name: 'rest', weight: 8, run: rest },
  { name: 'cancel', weight: 12, run: cancel },
  { name: 'close', weight: 6, run: close },
  { name: 'turnUnseen', weight: 4, run: turnUnseen },
]
