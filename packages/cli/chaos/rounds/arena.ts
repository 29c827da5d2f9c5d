import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setHedgeMode, type StartedVenue, startVenue } from '@tranchebook/simulator'
import { ChildKeeper } from '../keeper/child-keeper.js'
import type { KeeperSetup } from '../keeper/keeper-words.js'
import { type Database, startDatabase } from '../wires/database.js'
import { Wire } from '../wires/wire.js'

/** Where an account's log is kept. */
export type LogKind = 'postgres' | 'pglite'

/** What an arena is built from. */
export interface ArenaOptions {
  readonly dialect: 'binance' | 'aster'
  readonly log: LogKind
  readonly seed: number
}

/** A venue, a database, wires to both, and the process that keeps an account with them. */
export class Arena {
  readonly venue: StartedVenue
  readonly venueWire: Wire
  /** `null` = the log is in a directory. */
  readonly database: { readonly server: Database; readonly wire: Wire } | null
  private readonly directory: string
  private readonly options: ArenaOptions
  private owners = 0
  keeper: ChildKeeper | null = null

  private constructor(
    options: ArenaOptions,
    parts: Pick<Arena, 'venue' | 'venueWire' | 'database'> & { readonly directory: string },
  ) {
    this.options = options
    this.venue = parts.venue
    this.venueWire = parts.venueWire
    this.database = parts.database
    this.directory = parts.directory
  }

  /** `null` where no server can be had. */
  static async open(options: ArenaOptions): Promise<Arena | null> {
    const server = options.log === 'postgres' ? await startDatabase() : null
    if (options.log === 'postgres' && server === null) return null
    const venue = await startVenue({ dialect: options.dialect, seed: options.seed })
    setHedgeMode(venue.exchange, 'main', true)
    const database = server === null ? null : { server, wire: await Wire.to(server.connectionString) }
    const directory = await mkdtemp(join(tmpdir(), 'tranchebook-chaos-'))
    return new Arena(options, { venue, venueWire: await Wire.to(venue.served.rest), database, directory })
  }

  /** Starts a process on this account; one of the same name takes over at once, one of another name waits as a standby. */
  start(owner: 'same' | 'next' = 'same'): ChildKeeper {
    const isNext = owner === 'next'
    if (isNext) this.owners += 1
    return new ChildKeeper(this.setupOf(`owner-${this.owners}`, isNext))
  }

  async close(): Promise<void> {
    this.keeper?.kill()
    await this.keeper?.died(5_000)
    await this.venueWire.close()
    await this.venue.close()
    await this.database?.wire.close()
    await this.database?.server.stop()
    await rm(this.directory, { recursive: true, force: true })
  }

  private setupOf(holder: string, standby: boolean): KeeperSetup {
    const { venue, venueWire, database, directory } = this
    const { served, keys } = venue
    const log: KeeperSetup['log'] =
      database === null
        ? { type: 'directory', place: directory }
        : { type: 'server', place: database.wire.through(database.server.connectionString) }
    return {
      dialect: this.options.dialect,
      rest: venueWire.through(served.rest),
      streams: venueWire.through(served.ws),
      apiKey: keys.keys.apiKey,
      apiSecret: keys.keys.apiSecret,
      agentKey: keys.agentKey,
      log,
      holder,
      standby,
    }
  }
}
