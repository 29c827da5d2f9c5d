import { marketOf, setMark } from '@tranchebook/simulator'
import { tend } from './supervise.js'
import type { World } from './world.js'

const SAMPLE_MS = 500
/** Timers of all programs together: bounded, however long they run. */
const MOST_PENDING = 300

function lookAt(world: World): void {
  const { exchange, account, clock, logDownUntil } = world
  const live = world.runs.filter(({ program, isLive, isOver }) => isLive && !isOver && program.state === 'running')
  if (live.length === 0) for (const laws of world.liveLaws.values()) laws.rest()
  for (const { manager } of live) {
    const isStuck = manager.health.reasons.some(({ code }) => code === 'storeStuck')
    for (const watch of world.watches.values())
      world.liveLaws.get(watch.symbol)?.check({
        exchange,
        account,
        watch,
        manager,
        now: clock.now(),
        venueStep: marketOf(exchange, watch.symbol).rules.instrument.stepSize,
        isPriceless: clock.now() < world.silentUntil.marks,
        isLogDown: isStuck || clock.now() < logDownUntil,
        blame: (text) => {
          world.blame(`${watch.symbol}: ${text}`)
        },
      })
  }
}

/** A venue tells its marks again and again, moved or not; of a symbol that it has settled there are none. */
function tellMarks({ exchange, circumstances }: World): void {
  for (const symbol of circumstances.symbols) {
    const { listing, mark } = marketOf(exchange, symbol)
    if (listing === 'listed') setMark(exchange, symbol, mark)
  }
}

/** Time passes; the laws are looked at again and again. */
export async function passTime(world: World, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= SAMPLE_MS) {
    tellMarks(world)
    await world.clock.advance(Math.min(left, SAMPLE_MS))
    if (world.clock.pending > MOST_PENDING) world.blame(`${world.clock.pending} timers are pending`)
    tend(world)
    lookAt(world)
  }
}
