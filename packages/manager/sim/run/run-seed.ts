import { marketOf } from '@tranchebook/simulator'
import type { HealthReason } from '../../src/report/health.js'
import { type Act, drawAct } from '../acts/act.js'
import { closeByHand, FOREIGN_ACTS } from '../acts/foreign-acts.js'
import { MARKET_ACTS, touch } from '../acts/market-acts.js'
import { MISHAPS } from '../acts/mishaps.js'
import { give, takeOver, USER_ACTS } from '../acts/user-acts.js'
import { VENUE_ACTS } from '../acts/venue-acts.js'
import type { Sabotage } from '../canary/sabotage.js'
import { unsettledAt, wrongLog } from '../laws/end-laws.js'
import { drawCircumstances, pick, type VenueName } from '../world/circumstances.js'
import { passTime } from '../world/pass-time.js'
import { World } from '../world/world.js'

/** Which run is made. */
export interface SeedOptions {
  readonly seed: number
  /** `null` = the seed draws it. */
  readonly venue: VenueName | null
  readonly isTold: boolean
  readonly sabotage: Sabotage
}

/** What a run has led to. */
export interface SeedResult {
  readonly seed: number
  /** Events in the logs of its books. */
  readonly events: number
  readonly faults: Readonly<Record<string, number>>
  /** What did not hold, as sentences. */
  readonly violations: readonly string[]
  /** Everything that happened, where it was asked for. */
  readonly story: readonly string[]
}

const ACTS: readonly Act[] = [...MARKET_ACTS, ...USER_ACTS, ...FOREIGN_ACTS, ...VENUE_ACTS, ...MISHAPS]
const FIRST_MS = 2000
const SETTLE_MS = 5000
const MOST_SETTLES = 30
/** So many settles a person waits before the next look at a conflict. */
const PATIENCE = 6
const QUIET_MS = 6000
/** Funding that nobody told of is asked for within so long. */
const FUNDING_MS = 3_700_000
/** Longest pauses between two acts. */
const GAPS_MS = [50, 400, 400, 400, 1000, 2500, 6000]

/** Everything goes wrong for a while. */
async function suffer(world: World): Promise<void> {
  const { random, circumstances } = world
  await passTime(world, FIRST_MS)
  for (let step = 0; step < circumstances.steps && world.violations.length === 0; step += 1) {
    drawAct(random, ACTS).run(world)
    await passTime(world, 1 + random.next(pick(random, GAPS_MS)))
  }
}

/**
 * A conflict needs a person: to look, to believe the venue where it holds the other side, and where looking does not help, to close at
 * the venue what nobody understands.
 */
function resolveConflicts(world: World, hasLooked: boolean): void {
  takeOver(world)
  for (const { symbol, book } of world.watches.values()) {
    if (book.conflict === null) continue
    if (hasLooked) {
      world.tally.note('person.closesAll')
      closeByHand(world, symbol)
    }
    give(world, symbol, { command: 'resolveConflict', note: 'looked at it' })
  }
}

/** Nothing goes wrong any more: books, venue and log must come to agree, and stay so. */
async function recover(world: World): Promise<void> {
  world.tell('nothing goes wrong any more')
  world.faults.stop()
  world.logDownUntil = 0
  world.silentUntil.marks = 0
  world.silentUntil.account = 0
  world.history = { end: 0, until: 0 }
  for (const { program } of world.runs) {
    program.endAfter(null)
    program.thaw()
  }
  let open: readonly string[] = ['nobody has looked yet']
  const isOpen = (): boolean => open.length > 0 || world.clock.now() < world.expectedUntil
  for (let settle = 0; settle < MOST_SETTLES && isOpen() && world.violations.length === 0; settle += 1) {
    touch(world)
    if (settle % PATIENCE === 2) resolveConflicts(world, settle > PATIENCE)
    await passTime(world, SETTLE_MS)
    open = openPoints(world)
  }
  if (world.hasUnheardFunding && open.length > 0 && open.every(isOfFunding)) {
    await passTime(world, FUNDING_MS)
    open = openPoints(world)
  }
  if (open.length === 0) await passTime(world, QUIET_MS)
  for (const point of open.length === 0 ? openPoints(world) : open) world.blame(`at the end: ${point}`)
}

function isOfFunding(point: string): boolean {
  return point.includes(': funding of ')
}

/** A symbol that is not traded any more has no prices; of one that is gone anything may be missing. */
function isOfClosed({ exchange }: World): (reason: HealthReason) => boolean {
  return ({ code, symbol }) => {
    const listing = symbol === null ? 'listed' : marketOf(exchange, symbol).listing
    return listing === 'gone' || (listing === 'settled' && code === 'priceSilent')
  }
}

function openPoints(world: World): readonly string[] {
  const { account, runs } = world
  const live = runs.filter(({ isLive, isOver }) => isLive && !isOver)
  const healths = live.map(({ manager }) => manager.health)
  const isWell = healths.some(({ status, reasons }) => status !== 'halted' && reasons.every(isOfClosed(world)))
  // Of a symbol that is gone nobody can ask any more.
  const known = [...world.watches.values()].filter(({ symbol }) => marketOf(world.exchange, symbol).listing !== 'gone')
  const books = known.flatMap((watch) => unsettledAt({ watch, account }).map((text) => `${watch.symbol}: ${text}`))
  return isWell ? books : [...books, `no program is well: ${JSON.stringify(healths)}`]
}

/** The log as it is kept, and every answer that was promised. */
async function closeBooks(world: World): Promise<void> {
  for (const { program, manager, unanswered } of world.runs) {
    if (unanswered > 0) world.blame(`${program.name} has never answered ${unanswered} commands`)
    const { overflows } = manager.metrics
    if (overflows > 0) world.blame(`${program.name} has given up ${overflows} inputs`)
  }
  const { report, events } = await world.log.audit()
  for (const watch of world.watches.values())
    for (const text of wrongLog(watch, events.get(watch.stream) ?? [])) world.blame(`${watch.symbol}: ${text}`)
  const { exitCode, firstBad } = report
  if (exitCode !== 0) world.blame(`the chain of the log is broken: ${firstBad?.message ?? 'nobody knows where'}`)
}

/** A world never waits for what is outside: between two of them everybody else has a turn. */
async function turnOutside(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
}

/** One seed from its beginning to its end. The same seed gives the same run, byte for byte. */
export async function runSeed({ seed, venue, isTold, sabotage }: SeedOptions): Promise<SeedResult> {
  await turnOutside()
  const world = new World(drawCircumstances(seed, venue), { sabotage, isTold })
  await suffer(world)
  if (world.violations.length === 0) await recover(world)
  if (world.violations.length === 0) await closeBooks(world)
  for (const { program } of world.runs) program.end()
  const events = [...world.watches.values()].reduce((sum, watch) => sum + watch.events.length, 0)
  return { seed, events, faults: world.tally.counts, violations: world.violations, story: world.story }
}
