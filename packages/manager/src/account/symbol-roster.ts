import { changeConfig, type TranchebookConfig } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import { ManagerError } from '../manager-error.js'
import type { EngineOptions } from '../manager-options.js'
import { symbolJoining } from '../report/troubles.js'
import type { AccountLife } from './account-life.js'
import { prepareBook, type PreparedBook } from './prepare-account.js'
import type { PriceWatch } from './price-watch.js'
import type { VenueSync } from './venue-sync.js'

/** Options of a symbol, written as in a configuration file. */
export type WrittenOptions = Readonly<Record<string, unknown>>

/** What coming and going symbols need. */
export interface RosterHost {
  readonly options: EngineOptions
  readonly loops: Map<string, BookLoop>
  readonly life: Pick<AccountLife, 'health'>
  readonly sync: VenueSync
  readonly prices: PriceWatch
  /** The venue's time is not before this, epoch ms. */
  earliest(): number
  /** Asks the venue again what it lists. */
  readInstruments(): Promise<void>
  isListed(symbol: string): boolean
  addLoop(book: PreparedBook): void
  /** Listens to the prices of all symbols there are now. */
  reopenMarks(): Promise<void>
}

/** Lets symbols come and go while the account runs. */
export class SymbolRoster {
  private readonly host: RosterHost
  private readonly joining = new Set<string>()

  constructor(host: RosterHost) {
    this.host = host
  }

  /** Whether a symbol was not compared with the venue since it came. */
  isJoining(symbol: string): boolean {
    return this.joining.has(symbol)
  }

  /**
   * Reads the book of a symbol, compares it with the venue, lets it trade, and waits for its first price.
   *
   * @throws {ManagerError} `manager.unknown-symbol` where the venue does not list it
   * @throws {ConfigError} `config.invalid`
   */
  async add(symbol: string, written: WrittenOptions): Promise<void> {
    const { host } = this
    if (host.loops.has(symbol) || this.joining.has(symbol)) return
    const options = { ...host.options, config: this.configWith(symbol, written) }
    if (!host.isListed(symbol)) await host.readInstruments()
    if (!host.isListed(symbol)) throw notListed(symbol, host.options.venue.name)
    this.joining.add(symbol)
    host.life.health.report(symbolJoining(symbol))
    try {
      host.addLoop(await prepareBook(options, symbol, host.earliest()))
      await host.reopenMarks()
      await host.sync.reconcile('symbol added')
    } catch (error) {
      // What was never compared must not trade; it may be added again.
      host.loops.delete(symbol)
      throw error
    } finally {
      this.joining.delete(symbol)
      host.life.health.clear(symbolJoining(symbol).code, symbol)
    }
    const loop = host.loops.get(symbol)
    loop?.requestReview()
    if (loop !== undefined) await host.prices.first([loop])
  }

  /**
   * Lets go of a symbol in which nothing is open and nothing is asked for.
   *
   * @throws {ManagerError} `manager.symbol-open`
   */
  async remove(loop: BookLoop): Promise<void> {
    const { symbol } = loop
    await loop.idle()
    assertFlat(loop)
    await loop.saveSnapshot()
    // Somebody may have entered meanwhile.
    while (loop.isBusy) await loop.idle()
    assertFlat(loop)
    this.host.loops.delete(symbol)
    this.host.life.health.clearSymbol(symbol)
    await this.host.reopenMarks()
  }

  private configWith(symbol: string, written: WrittenOptions): TranchebookConfig {
    const { config, closingRules } = this.host.options
    const known = { closingRules: [...(closingRules?.keys() ?? [])] }
    const own = changeConfig(config.symbols[symbol] ?? config.defaults, written, known)
    return { ...config, symbols: { ...config.symbols, [symbol]: own } }
  }
}

function notListed(symbol: string, venue: string): ManagerError {
  const message = `expected a symbol that ${venue} lists, got ${symbol}: correct its spelling`
  return new ManagerError('manager.unknown-symbol', message, { details: { symbol } })
}

function assertFlat({ symbol, book: { groups, orders } }: BookLoop): void {
  const tranches = groups.LONG.tranches.length + groups.SHORT.tranches.length
  if (tranches + orders.size > 0) throw stillOpen(symbol, { tranches, orders: orders.size })
}

function stillOpen(symbol: string, count: { readonly tranches: number; readonly orders: number }): ManagerError {
  const message = `expected ${symbol} to be flat, it has ${count.tranches} open tranches and ${count.orders} orders: close them and wait for the fills, then remove it`
  return new ManagerError('manager.symbol-open', message, { details: { symbol, ...count } })
}
