import { type EventOf, formatMoney, formatPrice, formatQuantity, parseQuantity } from '@tranchebook/core'
import type { Account, Trade } from '@tranchebook/simulator'
import type { Blame } from './lots.js'

/** Every booked fill is a trade of the venue, whole, and booked once. */
export class FillLaw {
  readonly booked = new Set<string>()
  private readonly trades = new Map<string, Trade>()
  private readonly account: Account
  private readonly blame: Blame
  private indexed = 0

  constructor(account: Account, blame: Blame) {
    this.account = account
    this.blame = blame
  }

  note(event: EventOf<'FillBooked'>): void {
    const { tradeId } = event
    if (this.booked.has(tradeId)) this.blame(`trade ${tradeId} was booked twice`)
    this.booked.add(tradeId)
    const trade = this.tradeOf(tradeId)
    if (trade === undefined) return this.blame(`trade ${tradeId} was booked, the venue does not know it`)
    this.compare(event, trade)
    const parts = [event.opens, event.closes, event.unmatched, event.replaces]
    const said = parts.reduce((sum, part) => sum + (part === null ? 0n : parseQuantity(part.quantity)), 0n)
    if (said !== trade.quantity) this.blame(`trade ${tradeId} of ${event.quantity} was not booked whole`)
  }

  private compare(event: EventOf<'FillBooked'>, trade: Trade): void {
    const same = [
      [event.quantity, formatQuantity(trade.quantity)],
      [event.price, formatPrice(trade.price)],
      [event.side, trade.side],
      [event.positionSide, trade.positionSide],
      [event.fee, formatMoney(trade.fee)],
      [event.feeAsset, trade.feeAsset],
    ]
    for (const [ours, theirs] of same)
      if (ours !== theirs)
        this.blame(`trade ${trade.id} was booked with ${ours ?? 'nothing'}, the venue says ${theirs ?? 'nothing'}`)
  }

  private tradeOf(id: string): Trade | undefined {
    const { trades } = this.account
    for (; this.indexed < trades.length; this.indexed += 1) {
      const trade = trades[this.indexed]
      if (trade !== undefined) this.trades.set(trade.id, trade)
    }
    return this.trades.get(id)
  }
}
