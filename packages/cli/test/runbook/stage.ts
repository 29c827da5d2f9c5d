import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatQuantity, parsePrice, parseQuantity, type PositionSide } from '@tranchebook/core'
import {
  accountOf,
  type ConditionalOrder,
  movePrice,
  PLAIN_SPEC,
  placeOrder,
  positionOf,
  setMark,
  type StartedVenue,
  startVenue,
} from '@tranchebook/simulator'
import { vi } from 'vitest'
import { type Database, startDatabase } from '../../chaos/wires/database.js'
import { Wire } from '../../chaos/wires/wire.js'
import { EXIT } from '../../src/exit-codes.js'
import { type Collected, runMain } from '../collect.js'
import { Gate } from './gate.js'
import { RunningOwner } from './running-owner.js'

export const SYMBOL = 'BTCUSDT'
const PATIENCE = { timeout: 100_000, interval: 250 }

/** What is special about an account. */
export interface StageOptions {
  readonly seed: number
  readonly log?: 'postgres' | 'directory'
  /** Of the configuration's books. */
  readonly config?: Readonly<Record<string, unknown>>
}

/** A venue on sockets, a log, a configuration: everything a user has, and the processes that are started on it. */
export class Stage {
  readonly venue: StartedVenue
  readonly gate: Gate
  readonly database: { readonly server: Database; readonly wire: Wire } | null
  readonly home: string
  private readonly config: Readonly<Record<string, unknown>>
  private readonly processes: RunningOwner[] = []

  private constructor(parts: Pick<Stage, 'venue' | 'gate' | 'database' | 'home'>, config: Stage['config']) {
    this.venue = parts.venue
    this.gate = parts.gate
    this.database = parts.database
    this.home = parts.home
    this.config = config
  }

  /** @throws {Error} where a Postgres server is wanted and none can be had */
  static async open({ seed, log = 'directory', config = {} }: StageOptions): Promise<Stage> {
    const home = await mkdtemp(join(tmpdir(), 'tranchebook-runbook-'))
    const venue = await startVenue({ dialect: 'binance', seed })
    const gate = await Gate.to(venue.served.rest)
    const server = log === 'postgres' ? await startDatabase() : null
    if (log === 'postgres' && server === null) throw new Error('no Postgres server can be had')
    const database = server === null ? null : { server, wire: await Wire.to(server.connectionString) }
    const stage = new Stage({ venue, gate, database, home }, config)
    await stage.configure({})
    return stage
  }

  /** Writes the configuration, changed. */
  async configure(change: Readonly<Record<string, unknown>>): Promise<void> {
    const { rest, ws } = this.venue.served
    const { apiKey, apiSecret } = this.venue.keys.keys
    const defaults = { slPercent: '5', tpPercent: '10', driftSettleMs: 500 }
    const venue = {
      name: 'binance',
      rest: this.gate.through(rest),
      streams: this.gate.through(ws),
      apiKey: await this.secret('key', apiKey),
      apiSecret: await this.secret('secret', apiSecret),
    }
    const books = { positionMode: 'ONE_WAY', defaults, symbols: { [SYMBOL]: {} }, ...this.config, ...change }
    await writeFile(this.file('tranchebook.json'), JSON.stringify({ ...books, venue }))
  }

  file(name: string): string {
    return join(this.home, name)
  }

  /** Where the log is, as the command line wants to be told. */
  get place(): readonly string[] {
    const { database } = this
    if (database === null) return ['--directory', this.file('main')]
    return ['--database', database.wire.through(database.server.connectionString)]
  }

  /** Waits until the log beside an embedded database says this. */
  async logSays(words: string): Promise<void> {
    await vi.waitFor(async () => {
      const text = await readFile(join(this.file('main'), 'tranchebook.log'), 'utf8')
      if (!text.includes(words)) throw new Error(`expected the log to say ${words}, it says:\n${text}`)
    }, PATIENCE)
  }

  /** `tranchebook run`, in a process of its own. */
  run(...args: readonly string[]): RunningOwner {
    const all = ['run', '--config', this.file('tranchebook.json'), ...this.place, '--json', ...args]
    const directory = this.database === null ? this.file('main') : this.file('.tranchebook/main')
    const owner = new RunningOwner(all, this.home, directory)
    this.processes.push(owner)
    return owner
  }

  /** A command that names configuration and log; asked again where it has spent the requests that the venue allows in a minute. */
  async ask(...args: readonly string[]): Promise<Collected> {
    return vi.waitFor(async () => {
      const collected = await runMain([...args, '--config', this.file('tranchebook.json'), ...this.place])
      if (collected.stderr.includes('protection is spent')) throw new Error(collected.stderr)
      return collected
    }, PATIENCE)
  }

  /** Such a command, which must be fine. @throws {Error} with what it said otherwise */
  async done(...args: readonly string[]): Promise<Collected> {
    const collected = await this.ask(...args)
    if (collected.exitCode === EXIT.fine) return collected
    throw new Error(`${args.join(' ')}: exit ${collected.exitCode}\n${collected.stdout}\n${collected.stderr}`)
  }

  /** A command that names the log only. */
  async askLog(...args: readonly string[]): Promise<Collected> {
    return runMain([...args, ...this.place])
  }

  /** Somebody trades past the books. */
  tradeByHand(side: 'BUY' | 'SELL', quantity: string, symbol = SYMBOL, positionSide: PositionSide = 'BOTH'): void {
    const { exchange } = this.venue
    const order = { ...PLAIN_SPEC, symbol, side, positionSide, type: 'MARKET' } as const
    const clientOrderId = `web_${exchange.time}_${side}_${quantity}`
    placeOrder(exchange, 'main', { ...order, quantity: parseQuantity(quantity), clientOrderId })
  }

  /** The venue loses its history of trades: only the position tells what happened. */
  forgetTrades(): void {
    accountOf(this.venue.exchange, 'main').trades.splice(0)
  }

  /** Stops that rest at the venue, whoever placed them. */
  get stops(): readonly ConditionalOrder[] {
    const { waiting } = accountOf(this.venue.exchange, 'main')
    return [...waiting.values()].filter(({ spec }) => spec.type === 'STOP_MARKET')
  }

  /** What the venue holds, signed. */
  held(symbol = SYMBOL): string {
    return formatQuantity(positionOf(accountOf(this.venue.exchange, 'main'), symbol, 'BOTH').amount)
  }

  /** Waits until a number of stops rests at the venue. */
  async stopsRest(count: number): Promise<void> {
    await vi.waitFor(() => {
      if (this.stops.length !== count) throw new Error(`expected ${count} stops, found ${this.stops.length}`)
    }, PATIENCE)
  }

  /** The market goes somewhere. */
  move(to: string): void {
    const { exchange } = this.venue
    movePrice(exchange, { symbol: SYMBOL, to: parsePrice(to), axis: 'both', isGap: false })
    setMark(exchange, SYMBOL, parsePrice(to))
  }

  async close(): Promise<void> {
    this.gate.open()
    for (const owner of this.processes) {
      owner.signal('SIGCONT')
      await owner.kill()
    }
    await this.gate.close()
    await this.venue.close()
    await this.database?.wire.close()
    await this.database?.server.stop()
    await rm(this.home, { recursive: true, force: true })
  }

  private async secret(name: string, text: string): Promise<{ readonly file: string }> {
    const file = this.file(name)
    await writeFile(file, text)
    await chmod(file, 0o600)
    return { file }
  }
}
