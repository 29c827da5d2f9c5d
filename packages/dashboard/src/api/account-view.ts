import type { DecimalText, OrderPurpose, SendingMode, Side } from '@tranchebook/core'

/** Whose money moves: nobody's (`SIM`, `PAPER`), the venue's play money (`DEMO`), yours (`LIVE`); `RECORDED` = a log is looked at. */
export type ModeBadge = 'SIM' | 'PAPER' | 'DEMO' | 'LIVE' | 'RECORDED'

/** `degraded` = entries are off; `halted` = protection only, or nothing; `recorded` = nobody runs, a log is looked at. */
export type HealthStatusView = 'starting' | 'live' | 'degraded' | 'halted' | 'recorded'

/** What is not as it should be, and what to do about it. */
export interface HealthReasonView {
  readonly code: string
  readonly message: string
  readonly level: 'degraded' | 'halted'
  /** The book it concerns; `null` = all. */
  readonly symbol: string | null
  /** Epoch ms. */
  readonly since: number
  /** The runbook's line for it. */
  readonly advice: string
}

/** How the manager is. */
export interface HealthView {
  readonly status: HealthStatusView
  readonly reasons: readonly HealthReasonView[]
  /** The runbook's line for the state as a whole. */
  readonly advice: string
}

/** Open quantity without a stop at the venue. */
export interface UnprotectedView {
  readonly account: string
  readonly symbol: string
  readonly side: Side
  readonly tranche: string
  /** Base. */
  readonly quantity: DecimalText
  /** Since when its book as a whole is not protected, epoch ms; `null` = it was found just now. */
  readonly since: number | null
}

/** Whether everything open that wants a stop has one. */
export interface ShieldView {
  readonly protected: boolean
  readonly unprotected: readonly UnprotectedView[]
}

/** An order of which nobody knows whether the venue has it. */
export interface UnknownOrderView {
  readonly account: string
  readonly symbol: string
  readonly clientOrderId: string
  readonly purpose: OrderPurpose
  readonly side: Side
  /** Base; `null` = closes the whole position. */
  readonly quantity: DecimalText | null
  /** Since when it is unknown, epoch ms. */
  readonly since: number
}

/** How an account stands: what the top bar shows. Times are epoch ms; `null` = unknown. */
export interface AccountView {
  /** The account's name, or what recording is looked at. */
  readonly title: string
  /** Accounts with at least one book. */
  readonly accounts: readonly string[]
  readonly badge: ModeBadge
  /** Name of the venue; `null` = none, a log is looked at. */
  readonly venue: string | null
  /** What the manager may send; `null` = there is none. */
  readonly sending: SendingMode | null
  /** True where no action is possible. */
  readonly isReadOnly: boolean
  readonly health: HealthView
  readonly shield: ShieldView
  readonly unknownOrders: readonly UnknownOrderView[]
  /** Of the lease that it writes under. */
  readonly leaseEpoch: number | null
  /** When the newest price was formed. */
  readonly lastPriceTime: number | null
  /** When the account stream last said anything. */
  readonly lastAccountTime: number | null
  /** Quote: wallet and what is unrealized. */
  readonly equity: DecimalText | null
  /** Quote, entries in flight included. */
  readonly marginUsed: DecimalText | null
  /** Books in which entries are off by a command: pause, graceful stop or kill switch. */
  readonly pausedBooks: number
  readonly books: number
  /** Open tranches of all books, isolated ones included. */
  readonly openTranches: number
  readonly isolatedTranches: number
  /** Newest event of the whole log; give it to the stream as the place to go on from. */
  readonly position: string
  /** Which log this is: another one means that everything must be read anew. */
  readonly logId: string
  /** The server's clock as the venue has it. */
  readonly time: number
}
