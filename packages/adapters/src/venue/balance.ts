import type { DecimalText } from '@tranchebook/core'

/** What the account holds of one asset. */
export interface Balance {
  readonly asset: string
  /** Without what is unrealized. */
  readonly walletBalance: DecimalText
  /** What new positions may still use. */
  readonly availableBalance: DecimalText
  /** When it was asked for, epoch ms of the venue. */
  readonly time: number
}

/** Where balances come from. Nothing that decides needs them; the equity identity, doctors and pages do. */
export interface BalanceSource {
  /** One row for each asset the account has ever held. @throws {VenueError} `venue.read.failed` */
  fetchBalances(): Promise<readonly Balance[]>
}

/** Whether a venue can say what the account holds. */
export function isBalanceSource(venue: object): venue is BalanceSource {
  return 'fetchBalances' in venue
}
