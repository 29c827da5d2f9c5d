import { openSimulated } from '@tranchebook/simulator'
import type { LogFacts, Logger } from '../../src/report/logger.js'
import { BOOK_RULES } from '../../src/book/book-rules.js'
import { Program } from '../program/program.js'
import { remoteStore } from '../program/remote-store.js'
import { type RemoteSetup, remoteVenue } from '../program/remote-venue.js'
import { SimManager } from '../program/sim-manager.js'
import type { Run } from './run.js'
import { ACCOUNT, type World } from './world.js'

const LEASE_MS = 9000
const LITTLE_OFF_MS = 300
const FAR_OFF_MS = 120_000
/** Every so many starts the whole chain is verified. */
const VERIFY_EVERY = 4
/** What is on its way to the venue arrives although its program is gone; then its connection is closed. */
const LINGER_MS = 10_000

/** A program may complain of the world, never of itself. */
function loggerOf(world: World, program: Program): Logger {
  const tell = (facts: LogFacts, message: string): void => {
    if (program.state !== 'gone') world.tell(`  ${program.name}: ${message} ${JSON.stringify(facts)}`)
  }
  return {
    debug: () => undefined,
    info: tell,
    warn: tell,
    error: (facts, message) => {
      tell(facts, message)
      const isOwn = message.includes('must not') || message.includes('listener') || message === 'the book has stopped'
      if (isOwn && program.state === 'running') world.blame(`${message}: ${String(facts['why'])}`)
    },
  }
}

/** No machine has the time of its venue; some are far off. */
function drawAhead({ random }: World): number {
  const most = random.chance(100) ? FAR_OFF_MS : LITTLE_OFF_MS
  return random.next(2 * most + 1) - most
}

type VenueTalk = Omit<RemoteSetup, 'venue' | 'program' | 'faults' | 'clock'>

/** What the world decides about the way to the venue, and what it notes of what goes there and back. */
function venueTalk(world: World, runOf: () => Run): VenueTalk {
  const { clock } = world
  return {
    isInHistory: (time) => world.isInHistory(time),
    isSilent: (stream) => clock.now() < world.silentUntil[stream],
    onFundingUnheard: () => {
      world.hasUnheardFunding = true
    },
    onMark: (symbol, time) => {
      const { marked } = runOf()
      marked.set(symbol, Math.max(time, marked.get(symbol) ?? 0))
    },
    onFiltersAsked: () => {
      world.filtersAsked = clock.now()
    },
    onFilters: (instruments) => {
      const { heard, program } = runOf()
      for (const instrument of instruments) {
        heard.set(instrument.symbol, { instrument, time: clock.now() })
        world.watches.get(instrument.symbol)?.noteHeard(program.name, instrument)
      }
    },
    onSubmit: (order) => {
      world.noteSubmit(runOf(), order)
    },
    onCancel: (clientOrderId) => {
      world.noteCancel(runOf(), clientOrderId)
    },
  }
}

/** Opens a manager in a program of its own, and lets it start. It waits for the lease where another one has it. */
export function boot(world: World): Run {
  const { exchange, clock, faults, log, sabotage, circumstances } = world
  world.started += 1
  const venue = openSimulated({
    exchange,
    account: ACCOUNT,
    clock,
    faults,
    acceptWindowMs: circumstances.acceptWindowMs,
  })
  const onGone = (): void => {
    clock.schedule(LINGER_MS, () => void venue.close())
  }
  const program = new Program({ name: `program ${world.started}`, clock, aheadMs: drawAhead(world), onGone })
  const network = { program, faults, clock }
  const remote = remoteVenue({ ...network, ...venueTalk(world, () => run), venue })
  const store = remoteStore({ ...network, store: log, isDown: () => clock.now() < world.logDownUntil })
  const manager = SimManager.openWith({
    account: ACCOUNT,
    venue: sabotage.venue?.(remote) ?? remote,
    store: sabotage.store?.(store) ?? store,
    rules: sabotage.rules?.(BOOK_RULES) ?? BOOK_RULES,
    config: circumstances.config,
    clock: sabotage.clock?.(program) ?? program,
    logger: loggerOf(world, program),
    holder: program.name,
    leaseMs: LEASE_MS,
    standby: true,
    verifyLog: world.started % VERIFY_EVERY === 0,
  })
  const run: Run = {
    program,
    manager,
    venue,
    marked: new Map(),
    heard: new Map(),
    isLive: false,
    isOver: false,
    unanswered: 0,
  }
  world.runs.push(run)
  manager.on('healthChanged', ({ status, reasons }) => {
    world.tell(`  ${program.name} is ${status} ${reasons.map(({ code }) => code).join()}`)
    if (status === 'halted') run.isOver = true
  })
  void follow(world, run)
  return run
}

async function follow(world: World, run: Run): Promise<void> {
  world.tell(`${run.program.name} starts`)
  try {
    await run.manager.start()
    run.isLive = true
    world.tell(`${run.program.name} is live`)
  } catch (error) {
    run.isOver = true
    world.tell(`${run.program.name} could not start: ${String(error)}`)
  }
}

/** Clears away programs that are over, and sees to it that one is there. */
export function tend(world: World): void {
  for (const run of world.runs) if (run.isOver && run.program.state === 'running') run.program.end()
  world.runs = world.runs.filter(({ program }) => program.state !== 'gone')
  if (!world.runs.some(({ program }) => program.state === 'running')) boot(world)
}
