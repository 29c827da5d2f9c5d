import { setTimeout as pause } from 'node:timers/promises'
import type { ChildKeeper } from '../keeper/child-keeper.js'
import { killAtVenue } from '../points/kill-at-venue.js'
import type { Point, VenuePoint } from '../points/point.js'
import type { Arena } from './arena.js'
import { checkVenue } from './check-venue.js'
import { comeToRest } from './come-to-rest.js'
import type { Scenario } from './scenario.js'

/** What one round has shown. */
export interface RoundResult {
  readonly violations: readonly string[]
  /** From being live again to everything being protected, ms; `null` = no process was started anew. */
  readonly protectedMs: number | null
  readonly restarts: number
}

const MOST_PROTECTED_MS = 2_000
const DEATH_MS = 15_000
const FROZEN_MS = 7_000
const LEASE_OVER_MS = 5_000
/** By then a process has seen that its clock has jumped, and the venue and the database have told it the time and its lease anew. */
const SEEN_MS = 3_000

function isVenuePoint(point: Point): point is VenuePoint {
  return point.endsWith('Reached')
}

/** One round in an arena: something happens while an entry or an exit is under way, and afterwards all must be well. */
export class Round {
  private readonly arena: Arena
  private readonly violations: string[] = []
  private protectedMs: number | null = null
  private restarts = 0

  constructor(arena: Arena) {
    this.arena = arena
  }

  async run(scenario: Scenario): Promise<RoundResult> {
    const keeper = await this.ready()
    await this.play(scenario, keeper)
    const after = await this.ready()
    await this.check(after)
    await this.command(after, 'exit')
    const { why } = await comeToRest(after)
    if (why !== null) this.violations.push(`after the round: ${why}`)
    await this.check(after)
    const { violations, protectedMs, restarts } = this
    return { violations, protectedMs, restarts }
  }

  /** A process at rest: the one that runs, or a new one where it died or gave up, as a supervisor would see to. */
  private async ready(): Promise<ChildKeeper> {
    const { arena } = this
    const running = arena.keeper
    if (running !== null && !running.isDead && (await comeToRest(running)).why === null) return running
    if (running !== null) {
      running.kill()
      await running.died(DEATH_MS)
      this.restarts += 1
    }
    const keeper = arena.start()
    arena.keeper = keeper
    await keeper.live()
    await this.settle(keeper)
    return keeper
  }

  private async settle(keeper: ChildKeeper): Promise<void> {
    const { why, protectedMs } = await comeToRest(keeper)
    if (why !== null) this.violations.push(`it does not come to rest: ${why}`)
    this.protectedMs = Math.max(this.protectedMs ?? 0, protectedMs ?? Infinity)
    if (protectedMs !== null && protectedMs > MOST_PROTECTED_MS)
      this.violations.push(`protection came back ${Math.round(protectedMs)} ms after it was live`)
  }

  private async check(keeper: ChildKeeper): Promise<void> {
    const answer = await keeper.ask({ type: 'report' })
    if (answer?.type !== 'report') this.violations.push('it died while it reported')
    else this.violations.push(...checkVenue(this.arena.venue.exchange, answer.report))
  }

  /** Asks until it is taken: after a start there may be no fresh price yet. */
  private async command(keeper: ChildKeeper, type: 'enter' | 'exit'): Promise<void> {
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const answer = await keeper.ask({ type })
      if (answer?.type !== 'done' || answer.refusal === null || answer.refusal === 'nothing is open') return
      await pause(250)
    }
    this.violations.push(`no ${type} was taken`)
  }

  private async play(scenario: Scenario, keeper: ChildKeeper): Promise<void> {
    switch (scenario.type) {
      case 'killAt':
        return this.killAt(scenario.point, keeper)
      case 'killAtRandom': {
        const entering = this.command(keeper, 'enter')
        await pause(Math.random() * 150)
        keeper.kill()
        return entering
      }
      case 'cutVenue':
        return this.during(keeper, () => {
          this.arena.venueWire.cut()
        })
      case 'freezeVenue':
        return this.frozen(keeper, this.arena.venueWire)
      case 'jumpClock':
        await keeper.ask({ type: 'jump', ms: scenario.ms })
        await keeper.ask({ type: 'enter' })
        await pause(2_000)
        await keeper.ask({ type: 'jump', ms: -scenario.ms })
        return pause(SEEN_MS)
      case 'cutDatabase':
        return this.during(keeper, () => this.arena.database?.wire.cut())
      case 'freezeDatabase':
        return this.frozen(keeper, this.arena.database?.wire)
      case 'crashDatabase':
        return this.during(keeper, async () => this.arena.database?.server.crash())
      case 'handOver':
        return this.handOver(keeper)
      case 'sleepingOwner':
        return this.sleepingOwner(keeper)
    }
  }

  private async killAt(point: Point, keeper: ChildKeeper): Promise<void> {
    const isOfExit = point.startsWith('exit') || point.startsWith('cancel')
    if (isOfExit) {
      await this.command(keeper, 'enter')
      await comeToRest(keeper)
    }
    const disarm = isVenuePoint(point)
      ? killAtVenue(this.arena.venue.exchange, point, () => {
          keeper.kill()
        })
      : null
    if (disarm === null) await keeper.ask({ type: 'arm', point })
    await this.command(keeper, isOfExit ? 'exit' : 'enter')
    if (!(await keeper.died(DEATH_MS))) this.violations.push(`${point} was not reached`)
    disarm?.()
  }

  private async during(keeper: ChildKeeper, happen: () => unknown): Promise<void> {
    const entering = this.command(keeper, 'enter')
    await pause(Math.random() * 20)
    await happen()
    await entering
  }

  private async frozen(keeper: ChildKeeper, wire: Arena['venueWire'] | undefined): Promise<void> {
    const entering = this.command(keeper, 'enter')
    wire?.freeze()
    await pause(FROZEN_MS)
    wire?.thaw()
    await entering
  }

  /** The owner dies, and the standby takes over. */
  private async handOver(keeper: ChildKeeper): Promise<void> {
    const standby = this.arena.start('next')
    await this.command(keeper, 'enter')
    keeper.kill()
    this.arena.keeper = standby
    await standby.live()
    await this.settle(standby)
  }

  /** The owner is stopped for longer than its lease, the standby takes over, and the sleeper wakes in the middle of its work. */
  private async sleepingOwner(keeper: ChildKeeper): Promise<void> {
    const standby = this.arena.start('next')
    await this.command(keeper, 'enter')
    keeper.child.kill('SIGSTOP')
    await pause(LEASE_OVER_MS)
    this.arena.keeper = standby
    await standby.live()
    keeper.child.kill('SIGCONT')
    const answer = await keeper.ask({ type: 'enter' }).catch(() => null)
    if (answer?.type === 'done' && answer.refusal === null)
      this.violations.push('a sleeper took an entry after its lease')
    await this.settle(standby)
    keeper.kill()
    await keeper.died(DEATH_MS)
  }
}
