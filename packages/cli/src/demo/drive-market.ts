import type { Clock } from '@tranchebook/adapters'
import { asPrice, type Price } from '@tranchebook/core'
import { advanceTo, createRandom, type Exchange, marketOf, movePrice, tellLiquidation } from '@tranchebook/simulator'
import { Cascade } from './cascade.js'
import type { Waypoint } from './waypoint.js'

/** A market that is played. */
export interface MarketDrive {
  readonly exchange: Exchange
  readonly clock: Clock
  readonly paths: ReadonlyMap<string, Iterator<Waypoint, void>>
  /** Time of the market to begin at. */
  readonly begin: number
  /** Ms of the market per ms of the clock. */
  readonly speed: number
  readonly seed: number
  /** Told after every step how far the market has come. */
  readonly onStep: (time: number) => void
}

/** A market on its way. */
export interface DrivenMarket {
  /** Settles when every path has come to its end. */
  readonly ended: Promise<void>
  stop(): void
}

const STEP_MS = 100

class PricePlayer {
  private readonly cascade: Cascade
  private from: Waypoint
  private next: Waypoint | null
  private readonly path: Iterator<Waypoint, void>
  private readonly exchange: Exchange
  private readonly symbol: string

  constructor({ exchange, begin, seed }: MarketDrive, symbol: string, path: Iterator<Waypoint, void>) {
    this.exchange = exchange
    this.symbol = symbol
    this.path = path
    this.from = { time: begin, price: marketOf(exchange, symbol).last, isGap: true }
    this.next = this.take()
    this.cascade = new Cascade(symbol, createRandom(seed + symbol.length))
  }

  get hasEnded(): boolean {
    return this.next === null
  }

  /** Goes over everything on the way to that time. */
  playTo(time: number): void {
    while (this.next !== null && this.next.time <= time) {
      this.move(this.next.price, this.next.isGap)
      this.from = this.next
      this.next = this.take()
    }
    if (this.next !== null && !this.next.isGap) this.move(this.between(this.next, time), false)
    const liquidated = this.cascade.look(this.exchange)
    if (liquidated !== null) tellLiquidation(this.exchange, liquidated)
  }

  private take(): Waypoint | null {
    const next = this.path.next()
    return next.done === true ? null : next.value
  }

  private between(next: Waypoint, time: number): Price {
    const span = BigInt(Math.max(1, next.time - this.from.time))
    const passed = BigInt(Math.max(0, Math.floor(time - this.from.time)))
    return asPrice(this.from.price + ((next.price - this.from.price) * passed) / span)
  }

  private move(price: Price, isGap: boolean): void {
    const { tickSize } = marketOf(this.exchange, this.symbol).rules.instrument
    const ticks = price / tickSize
    const to = asPrice((ticks < 2n ? 2n : ticks) * tickSize)
    movePrice(this.exchange, { symbol: this.symbol, to, axis: 'both', isGap })
  }
}

/** Plays every price along its path, ten times a second, over all that rests on the way. */
export function driveMarket(drive: MarketDrive): DrivenMarket {
  const { exchange, clock, paths, begin, speed, onStep } = drive
  const players = [...paths].map(([symbol, path]) => new PricePlayer(drive, symbol, path))
  const started = clock.now()
  let stop: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    const step = (): void => {
      const now = clock.now()
      const time = begin + (now - started) * speed
      advanceTo(exchange, now)
      for (const player of players) player.playTo(time)
      onStep(Math.floor(time))
      if (players.every((player) => player.hasEnded)) resolve()
      else stop = clock.schedule(STEP_MS, step)
    }
    stop = clock.schedule(STEP_MS, step)
  })
  return {
    ended,
    stop: () => {
      stop()
    },
  }
}
