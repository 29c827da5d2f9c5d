import { isBalanceSource, type Venue } from '@tranchebook/adapters'
import {
  absolute,
  formatMoney,
  minus,
  type Money,
  NO_MONEY,
  parseMoney,
  plus,
  type TrancheBook,
} from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import { type Logger, whyOf } from '../report/logger.js'
import type { AccountNotes } from './account-notes.js'

/**
 * The equity identity: what the wallet has changed by since the baseline, transfers left out, against what our books say it must
 * have. Quote; positive = the wallet holds more.
 */
export interface EquityCheck {
  readonly asset: string
  readonly walletBalance: Money
  readonly difference: Money
  /** Differences above the tolerance in a row. */
  readonly timesInARow: number
  /** Twice in a row. */
  readonly isAlarm: boolean
  /** Of the balance, epoch ms of the venue. */
  readonly time: number
  /** When the baseline was taken: at the start, and after each gap of the account stream. */
  readonly baselineTime: number
}

/** What the identity is checked with. */
export interface EquityHost {
  readonly venue: Venue
  readonly notes: AccountNotes
  /** Quote; larger differences count. */
  readonly tolerance: Money
  readonly loops: () => readonly BookLoop[]
  readonly quoteAsset: () => string | null
  readonly logger: Logger
  onAlarm(check: EquityCheck): void
}

const TIMES = 2

/** Realized at average cost, as the venue settles it, less fees, with funding; `null` = a fee is not known yet. */
function ledgerOf({ groups, averageCost, unallocatedFunding }: TrancheBook, asset: string): Money | null {
  const { LONG, SHORT } = groups
  if (LONG.unknownFeeCount + SHORT.unknownFeeCount > 0) return null
  const realized = [averageCost.LONG, averageCost.SHORT, averageCost.BOTH].map(({ realizedPnl }) => realizedPnl)
  const funding = [LONG.funding[asset], SHORT.funding[asset], unallocatedFunding[asset]]
  const gains = [...realized, ...funding].reduce<Money>((sum, part) => plus(sum, part ?? NO_MONEY), NO_MONEY)
  return [LONG.fees[asset], SHORT.fees[asset]].reduce<Money>((sum, fee) => minus(sum, fee ?? NO_MONEY), gains)
}

interface Baseline {
  readonly wallet: Money
  readonly ledger: Money
  readonly time: number
}

/** Compares the wallet with the books from time to time. */
export class EquityWatch {
  private readonly host: EquityHost
  private baseline: Baseline | null = null
  private newest: EquityCheck | null = null

  constructor(host: EquityHost) {
    this.host = host
  }

  /** `null` = not checked since the baseline. */
  get last(): EquityCheck | null {
    return this.newest
  }

  /** What happened to the wallet meanwhile is not known: begins anew with the next look. */
  forget(): void {
    this.baseline = null
    this.newest = null
  }

  /** Compares; where the venue cannot be asked that is said, and the next look tries again. */
  look(): void {
    void this.check().catch((error: unknown) => {
      this.host.logger.warn({ why: whyOf(error) }, 'the balance could not be read')
    })
  }

  /** Asks for the balance and compares. Does nothing where the venue does not say it. @throws {VenueError} */
  async check(): Promise<void> {
    const { venue, notes, loops, quoteAsset } = this.host
    const asset = quoteAsset()
    if (asset === null || !isBalanceSource(venue)) return
    const balances = await venue.fetchBalances()
    for (const balance of balances) notes.keep(balance)
    const balance = balances.find((row) => row.asset === asset)
    const ledgers = loops().map(({ book }) => ledgerOf(book, asset))
    if (balance === undefined || ledgers.includes(null) || loops().some(({ waiting }) => waiting > 0)) return
    const ledger = ledgers.reduce<Money>((sum, part) => plus(sum, part ?? NO_MONEY), NO_MONEY)
    const own = minus(parseMoney(balance.walletBalance), notes.transferred(asset))
    if (this.baseline === null) this.baseline = { wallet: own, ledger, time: balance.time }
    else this.judge({ wallet: own, ledger, time: balance.time }, { asset, baseline: this.baseline })
  }

  private judge(now: Baseline, { asset, baseline }: { readonly asset: string; readonly baseline: Baseline }): void {
    const difference = minus(minus(now.wallet, baseline.wallet), minus(now.ledger, baseline.ledger))
    const isLarge = absolute(difference) > this.host.tolerance
    const timesInARow = isLarge ? (this.newest?.timesInARow ?? 0) + 1 : 0
    this.newest = {
      asset,
      walletBalance: now.wallet,
      difference,
      timesInARow,
      isAlarm: timesInARow >= TIMES,
      time: now.time,
      baselineTime: baseline.time,
    }
    if (timesInARow !== TIMES) return
    this.host.logger.error({ difference: formatMoney(difference) }, messageOf(this.newest))
    this.host.onAlarm(this.newest)
  }
}

function messageOf({ asset, difference, baselineTime }: EquityCheck): string {
  const since = new Date(baselineTime).toISOString()
  return `since ${since} the wallet and the books differ by ${formatMoney(difference)} ${asset}: look for trades in symbols that are not managed, fees in another asset, or rebates`
}
