import { describe, expect, it } from 'vitest'
import { VenueTime } from './venue-time.js'

const NOON = Date.UTC(2026, 0, 5, 12)

/** A machine whose clock can be set, at a venue that is half a second ahead of noon. */
class Machine {
  private passed = 0
  private setBy = 0
  asked = 0
  /** Runs while the venue is asked. */
  meanwhile: () => void = () => undefined

  readonly now = (): number => NOON + this.passed + this.setBy
  readonly monotonic = (): number => 77.25 + this.passed
  readonly schedule = () => () => undefined

  readonly syncClock = async () => {
    this.asked += 1
    const offsetMs = 500 - this.setBy
    this.meanwhile()
    return Promise.resolve({ offsetMs, roundTripMs: 0, time: this.now() })
  }

  pass(ms: number): void {
    this.passed += ms
  }

  set(ms: number): void {
    this.setBy += ms
  }
}

describe('the time of a venue', () => {
  it.each([3_600_000, -3_600_000, 8000])(
    'goes on evenly while our clock is set by %d ms, and is doubtful',
    async (ms) => {
      const machine = new Machine()
      const time = new VenueTime(machine, machine)
      await time.read()
      machine.pass(1000)
      machine.set(ms)
      expect([time.now(), time.isDoubtful]).toEqual([NOON + 1500, true])
      await Promise.all([time.read(), time.read()])
      expect([time.now(), time.isDoubtful, machine.asked]).toEqual([NOON + 1500, false, 2])
    },
  )

  it('is doubtful after the machine has stood still, until it is asked for', async () => {
    const machine = new Machine()
    const time = new VenueTime(machine, { syncClock: async () => ({ ...(await machine.syncClock()), offsetMs: 500 }) })
    await time.read()
    machine.set(3_600_000)
    expect(time.isDoubtful).toBe(true)
    await time.read()
    expect([time.now(), time.isDoubtful]).toEqual([NOON + 3_600_500, false])
  })

  it('asks again where our clock was set while the venue was asked', async () => {
    const machine = new Machine()
    const time = new VenueTime(machine, machine)
    machine.meanwhile = () => {
      machine.set(-300_000)
      machine.meanwhile = () => undefined
    }
    await time.read()
    expect([time.now(), time.isDoubtful, machine.asked]).toEqual([NOON + 500, false, 2])
  })

  it('stays doubtful where our clock is set again and again while the venue was asked', async () => {
    const machine = new Machine()
    const time = new VenueTime(machine, machine)
    machine.meanwhile = () => {
      machine.set(60_000)
    }
    await time.read()
    expect([time.now(), time.isDoubtful]).toEqual([NOON + 500, true])
  })

  it.each([
    ['there', 3000, 0],
    ['back', 0, 3000],
    ['both ways', 700, 1100],
  ])('is known to be no earlier than it is, however long the question took %s', async (_way, there, back) => {
    const machine = new Machine()
    const time = new VenueTime(machine, {
      syncClock: async () => {
        const asked = machine.now()
        machine.pass(there)
        const { offsetMs } = await machine.syncClock()
        const stamp = machine.now() + offsetMs
        machine.pass(back)
        const received = machine.now()
        return { offsetMs: stamp - (asked + received) / 2, roundTripMs: received - asked, time: received }
      },
    })
    await time.read()
    const now = machine.now() + 500
    expect(time.earliest()).toBeLessThanOrEqual(now - 1000)
    expect(time.earliest()).toBeGreaterThanOrEqual(now - 1000 - there - back)
    machine.pass(10_000)
    expect(time.earliest()).toBeLessThanOrEqual(now + 9000)
  })

  it('is not doubtful for what a clock drifts', async () => {
    const machine = new Machine()
    const time = new VenueTime(machine, machine)
    await time.read()
    machine.set(300)
    expect([time.now(), time.isDoubtful]).toEqual([NOON + 500, false])
  })

  it('follows a clock that nobody sets', async () => {
    const machine = new Machine()
    const { now, schedule } = machine
    const time = new VenueTime({ now, schedule }, machine)
    await time.read()
    machine.pass(2000)
    expect([time.now(), time.isDoubtful]).toEqual([NOON + 2500, false])
  })
})
