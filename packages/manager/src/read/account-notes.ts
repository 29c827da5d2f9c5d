import type { AccountEvent } from '@tranchebook/adapters'
import { type Money, NO_MONEY, parseMoney, plus } from '@tranchebook/core'

/** The wallet of one asset, as the venue pushed it. Decimal text, as the venue wrote it. */
export interface WalletBalance {
  readonly asset: string
  /** Without what is unrealized. */
  readonly walletBalance: string
  /** Epoch ms. */
  readonly time: number
}

/** Reasons of a changed balance that books account for. */
const SETTLED: readonly string[] = ['ORDER', 'FUNDING_FEE']

/** What an account stream said that belongs to no book: when it last spoke, and what the wallet holds. */
export class AccountNotes {
  private readonly wallets = new Map<string, WalletBalance>()
  private readonly transfers = new Map<string, Money>()
  private lastHeardTime: number | null = null

  /** Local clock, epoch ms; `null` = nothing was heard yet. */
  get heardTime(): number | null {
    return this.lastHeardTime
  }

  get balances(): readonly WalletBalance[] {
    return [...this.wallets.values()]
  }

  /** Takes note of what came. A gap is the absence of news, and no news. */
  take(event: AccountEvent, now: number): void {
    if (event.type === 'gap') return
    this.lastHeardTime = now
    if (event.type !== 'balanceChanged') return
    this.keep(event)
    if (!SETTLED.includes(event.reason))
      this.transfers.set(event.asset, plus(this.transferred(event.asset), parseMoney(event.change)))
  }

  /** Deposits less withdrawals and whatever else was neither a trade nor funding, since the start. */
  transferred(asset: string): Money {
    return this.transfers.get(asset) ?? NO_MONEY
  }

  /** The newest figure counts, whoever said it. */
  keep({ asset, walletBalance, time }: WalletBalance): void {
    const known = this.wallets.get(asset)
    if (known === undefined || known.time <= time) this.wallets.set(asset, { asset, walletBalance, time })
  }
}
