import { formatPrice, type Side } from '@tranchebook/core'
import { marketOf } from '@tranchebook/simulator'
import { pick } from '../world/circumstances.js'
import type { Run } from '../world/run.js'
import type { World } from '../world/world.js'
import { type Act, drawSymbol } from './act.js'

type Command = Readonly<Record<string, unknown>> & { readonly command: string }

interface Given {
  readonly symbol: string
  readonly command: Command
}

async function follow(world: World, run: Run, given: Given): Promise<void> {
  run.unanswered += 1
  try {
    const { accepted } = await run.manager.command(given.symbol, given.command)
    world.tell(`  ${given.command.command} was ${accepted ? 'accepted' : 'refused'}`)
  } catch (error) {
    world.tell(`  ${given.command.command} failed: ${String(error)}`)
  }
  run.unanswered -= 1
}

/** Gives a command to one of the programs; what it answers is its own affair, but it has to answer. */
export function give(world: World, symbol: string, command: Command): void {
  const runs = world.runs.filter(({ isLive, isOver }) => isLive && !isOver)
  if (runs.length === 0) return
  world.tell(`user: ${symbol} ${JSON.stringify(command)}`)
  const run = pick(world.random, runs)
  run.program.run(() => void follow(world, run, { symbol, command }))
}

function drawSide({ random }: World): Side {
  return random.chance(600) ? 'LONG' : 'SHORT'
}

function drawQuantity({ random }: World, symbol: string): string {
  const steps = 1 + random.next(90)
  return symbol === 'ETHUSDT' ? `${steps / 50}` : `0.0${steps < 10 ? `0${steps}` : steps}`
}

/** A tranche that is open, mostly; one that never was, sometimes. */
function drawTranche(world: World, symbol: string): string {
  const ids = [...(world.watches.get(symbol)?.lots.open.keys() ?? [])]
  return ids.length > 0 && world.random.chance(900) ? pick(world.random, ids) : `T${1 + world.random.next(20)}`
}

/** A price some basis points from the mark, to the whole number. */
function priceNear({ exchange, random }: World, symbol: string): string {
  const mark = BigInt(Math.round(Number(formatPrice(marketOf(exchange, symbol).mark))))
  return `${(mark * BigInt(9900 + random.next(201))) / 10_000n}`
}

function onTranche(world: World, command: string, more: Readonly<Record<string, unknown>> = {}): void {
  const symbol = drawSymbol(world)
  give(world, symbol, { command, tranche: drawTranche(world, symbol), ...more })
}

function open(world: World): void {
  const symbol = drawSymbol(world)
  const price = world.random.chance(250) ? priceNear(world, symbol) : null
  give(world, symbol, { command: 'openTranche', side: drawSide(world), quantity: drawQuantity(world, symbol), price })
}

function add(world: World): void {
  const symbol = drawSymbol(world)
  const tranche = drawTranche(world, symbol)
  give(world, symbol, { command: 'addToTranche', tranche, quantity: drawQuantity(world, symbol) })
}

function closePart(world: World): void {
  const symbol = drawSymbol(world)
  const tranche = drawTranche(world, symbol)
  const lot = world.watches.get(symbol)?.lots.open.get(tranche)
  const { stepSize } = marketOf(world.exchange, symbol).rules.instrument
  const steps = lot === undefined ? 2n : lot.quantity / stepSize
  const part = (steps * BigInt(10 + world.random.next(80))) / 100n
  give(world, symbol, { command: 'closeTranche', tranche, quantity: textOf(part > 0n ? part * stepSize : stepSize) })
}

/** At a limit some basis points from the mark, which may never come. */
function closeAtLimit(world: World): void {
  const symbol = drawSymbol(world)
  const tranche = drawTranche(world, symbol)
  give(world, symbol, { command: 'closeTranche', tranche, price: priceNear(world, symbol) })
}

function textOf(quantity: bigint): string {
  const digits = quantity.toString().padStart(13, '0')
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`
}

/** Two that are open on one side, mostly. */
function merge(world: World): void {
  const symbol = drawSymbol(world)
  const side = drawSide(world)
  const lots = [...(world.watches.get(symbol)?.lots.open.values() ?? [])].filter((lot) => lot.side === side)
  const [first, second] = lots.map(({ id }) => id)
  const tranches = [first ?? drawTranche(world, symbol), second ?? drawTranche(world, symbol)]
  give(world, symbol, { command: 'mergeTranches', tranches })
}

function moveStop(world: World): void {
  const symbol = drawSymbol(world)
  const force = world.random.chance(150)
  give(world, symbol, {
    command: 'moveStop',
    tranche: drawTranche(world, symbol),
    price: priceNear(world, symbol),
    force,
  })
}

function moveTakeProfit(world: World): void {
  const symbol = drawSymbol(world)
  const price = world.random.chance(100) ? null : priceNear(world, symbol)
  give(world, symbol, { command: 'moveTakeProfit', tranche: drawTranche(world, symbol), price })
}

const CHANGES: readonly Readonly<Record<string, unknown>>[] = [
  { tpPercent: '1.5' },
  { slPercent: '2.5' },
  { maxTranches: 3 },
  { closingStrategy: 'FIFO' },
  { protection: 'COMBINED' },
  { protection: 'PER_TRANCHE' },
  { instantTakeProfit: false },
  { failSafeStop: true },
]

function configure(world: World): void {
  give(world, drawSymbol(world), { command: 'configure', options: pick(world.random, CHANGES) })
}

function brake(command: 'pause' | 'gracefulStop' | 'killSwitch'): (world: World) => void {
  return (world) => {
    const symbol = drawSymbol(world)
    give(world, symbol, { command })
    const releaseMs = 1000 + world.random.next(15_000)
    world.clock.schedule(releaseMs, () => {
      give(world, symbol, { command: 'resume' })
    })
  }
}

/** Somebody believes the venue, where it holds the other side. */
export function takeOver(world: World): void {
  for (const { symbol, book } of world.watches.values()) {
    if (book.conflict !== 'oppositeSide') continue
    world.tally.note('person.takesOver')
    give(world, symbol, { command: 'takeOver' })
  }
}

/** What people and bots ask of a manager. */
export const USER_ACTS: readonly Act[] = [
  { name: 'open', weight: 200, run: open },
  { name: 'add', weight: 30, run: add },
  { name: 'close', weight: 40, run: (world) => onTranche(world, 'closeTranche') },
  { name: 'closePart', weight: 50, run: closePart },
  { name: 'closeAtLimit', weight: 40, run: closeAtLimit },
  {
    name: 'closeGroup',
    weight: 6,
    run: (world) => give(world, drawSymbol(world), { command: 'closeGroup', side: drawSide(world) }),
  },
  { name: 'flatten', weight: 4, run: (world) => give(world, drawSymbol(world), { command: 'flatten' }) },
  { name: 'merge', weight: 10, run: merge },
  { name: 'label', weight: 5, run: (world) => onTranche(world, 'labelTranche', { label: `L${world.random.next(9)}` }) },
  { name: 'annotate', weight: 3, run: (world) => onTranche(world, 'annotateTranche', { note: 'seen' }) },
  { name: 'isolate', weight: 10, run: (world) => onTranche(world, 'isolateTranche') },
  { name: 'release', weight: 6, run: (world) => onTranche(world, 'releaseTranche') },
  { name: 'moveStop', weight: 15, run: moveStop },
  { name: 'moveTakeProfit', weight: 12, run: moveTakeProfit },
  { name: 'configure', weight: 10, run: configure },
  { name: 'pause', weight: 6, run: brake('pause') },
  { name: 'gracefulStop', weight: 3, run: brake('gracefulStop') },
  { name: 'killSwitch', weight: 5, run: brake('killSwitch') },
  {
    name: 'resolveConflict',
    weight: 8,
    run: (world) => give(world, drawSymbol(world), { command: 'resolveConflict', note: null }),
  },
  { name: 'takeOver', weight: 20, run: takeOver },
]
