import { pick } from '../world/circumstances.js'
import type { StreamName } from '../program/remote-venue.js'
import type { Run } from '../world/run.js'
import { boot } from '../world/supervise.js'
import type { World } from '../world/world.js'
import type { Act } from './act.js'

const MOST_CALLS = 25
const MOST_FROZEN_MS = 30_000
const MOST_LOG_MS = 12_000
const MOST_SILENT_MS = 40_000
const MOST_HISTORY_MS = 25_000

function running(world: World): Run | null {
  const runs = world.runs.filter(({ program }) => program.state === 'running')
  return runs.length === 0 ? null : pick(world.random, runs)
}

/** The program is gone at one of its next calls: before it, or after what it asked for was done. */
function crash(world: World): void {
  const run = running(world)
  if (run === null) return
  const calls = world.random.next(MOST_CALLS)
  world.tally.note('program.crash')
  world.tell(`${run.program.name} will be gone after ${calls} calls`)
  run.program.endAfter(calls)
}

function crashNow(world: World): void {
  const run = running(world)
  world.tally.note('program.crash')
  world.tell(`${run?.program.name ?? 'nothing'} is gone`)
  run?.program.end()
}

/** It stands still, long enough for another one to take over; then it goes on as if nothing had been. */
function freeze(world: World): void {
  const run = running(world)
  if (run === null) return
  const ms = 1 + world.random.next(MOST_FROZEN_MS)
  world.tally.note('program.freeze')
  world.tell(`${run.program.name} stands still for ${ms} ms`)
  run.program.freeze()
  // As where a machine that was put to sleep is given an old time when it wakes.
  if (world.random.chance(300)) setClockOf(world, run, -world.random.next(2 * ms))
  world.clock.schedule(ms, () => {
    world.tell(`${run.program.name} goes on`)
    run.program.thaw()
  })
}

function setClockOf(world: World, run: Run, aheadMs: number): void {
  world.tally.note('program.clockSet')
  world.tell(`the clock of ${run.program.name} is set to ${aheadMs} ms ahead`)
  run.program.setClock(aheadMs)
}

const JUMPS_MS = [3000, 20_000, 600_000]

/** Somebody sets the clock of a machine, ahead or back. */
function setClock(world: World): void {
  const run = running(world)
  if (run === null) return
  const most = pick(world.random, JUMPS_MS)
  setClockOf(world, run, world.random.next(2 * most + 1) - most)
}

function restart(world: World): void {
  const run = running(world)
  if (run === null) return
  world.tally.note('program.restart')
  world.tell(`${run.program.name} is stopped in order`)
  void run.manager.stop().finally(() => {
    run.isOver = true
  })
}

/** A second one waits beside the first. */
function standBy(world: World): void {
  if (world.runs.length > 1) return
  world.tally.note('program.second')
  boot(world)
}

function loseLog(world: World): void {
  world.logDownUntil = world.clock.now() + world.random.next(MOST_LOG_MS)
  world.tally.note('store.outage')
  world.tell(`the log cannot be reached until ${world.logDownUntil}`)
}

/** The connection is cut, and the history of trades stands still for a while: what happens now is seen in positions only. */
export function loseHistoryFor(world: World, ms: number): void {
  const now = world.clock.now()
  world.history = { end: now - 1, until: now + ms }
  world.tally.note('read.historyBehind')
  world.tell(`the history of trades stands still until ${world.history.until}`)
  for (const { venue } of world.runs) venue.cutStreams('cut')
}

function loseHistory(world: World): void {
  loseHistoryFor(world, 2000 + world.random.next(MOST_HISTORY_MS))
}

/** The connection stands, and nothing comes of it. */
function silence(stream: StreamName): (world: World) => void {
  return (world) => {
    const ms = world.random.next(MOST_SILENT_MS)
    world.silentUntil[stream] = world.clock.now() + ms
    world.tally.note(`message.${stream}Silent`)
    world.tell(`the stream of ${stream} is silent for ${ms} ms`)
  }
}

function cutStreams(world: World): void {
  world.tally.note('message.cutAll')
  for (const { venue } of world.runs) venue.cutStreams('cut')
}

/** What goes wrong with the programs themselves, and with what they stand on. */
export const MISHAPS: readonly Act[] = [
  { name: 'crash', weight: 24, run: crash },
  { name: 'crashNow', weight: 6, run: crashNow },
  { name: 'freeze', weight: 8, run: freeze },
  { name: 'setClock', weight: 14, run: setClock },
  { name: 'restart', weight: 8, run: restart },
  { name: 'standBy', weight: 6, run: standBy },
  { name: 'loseLog', weight: 8, run: loseLog },
  { name: 'cutStreams', weight: 20, run: cutStreams },
  { name: 'silenceMarks', weight: 7, run: silence('marks') },
  { name: 'silenceAccount', weight: 9, run: silence('account') },
  { name: 'loseHistory', weight: 10, run: loseHistory },
]
