import {
  type BookEvent,
  type EventOf,
  parseMoney,
  parsePercent,
  parsePrice,
  parseQuantity,
  type Side,
} from '@tranchebook/core'

/** One tranche as the events alone tell it. Whole numbers: quantities and prices with 12 decimals, amounts with 24. */
export interface Lot {
  readonly id: string
  readonly side: Side
  quantity: bigint
  cost: bigint
  stop: bigint | null
  /** True once its arithmetic is no longer visible in its own events. */
  isCorrected: boolean
  /** True once a person has let it go from isolation. */
  isReleased: boolean
}

/** Who is told what does not hold. */
export type Blame = (text: string) => void

/** Rounding of shares, in units of 10^-24. */
const DUST = 1_000_000_000_000n
const HUNDRED = parsePercent('100')

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value)
const signed = (side: Side, value: bigint): bigint => (side === 'LONG' ? value : -value)
const stopOf = (text: string | null): bigint | null => (text === null ? null : parsePrice(text))

function roundTo(
  tick: bigint,
  numerator: bigint,
  { by, isUp }: { readonly by: bigint; readonly isUp: boolean },
): bigint {
  const ticks = numerator / (by * tick)
  return (isUp && ticks * by * tick !== numerator ? ticks + 1n : ticks) * tick
}

/** What a percentage of the entry gives, to the tick, toward the entry. */
function targetOf(
  entry: bigint,
  percent: string,
  { tick, isAbove }: { readonly tick: bigint; readonly isAbove: boolean },
): bigint {
  const share = isAbove ? HUNDRED + parsePercent(percent) : HUNDRED - parsePercent(percent)
  return roundTo(tick, entry * share, { by: HUNDRED, isUp: !isAbove })
}

/** The tranches of one book, kept from its events alone, and what must be true of them. */
export class Lots {
  readonly open = new Map<string, Lot>()
  private readonly ticks: ReadonlySet<bigint>
  private readonly blame: Blame

  /** The ticks that the venue has had so far; it may change them. */
  constructor(ticks: ReadonlySet<bigint>, blame: Blame) {
    this.ticks = ticks
    this.blame = blame
  }

  note(event: BookEvent): void {
    switch (event.type) {
      case 'TrancheOpened':
        return this.opened(event)
      case 'TrancheIncreased':
        return this.increased(event)
      case 'TrancheReduced':
        return this.reduced(event)
      case 'TrancheClosed':
      case 'TrancheLiquidated':
        return this.closed(event)
      case 'TrancheMerged':
        return this.merged(event)
      case 'StopMoved':
        return this.stopMoved(event)
      case 'EstimateReplaced':
        for (const { tranche } of event.parts) this.correct(tranche)
        return
      case 'TrancheReleased': {
        const lot = this.open.get(event.tranche)
        if (lot !== undefined) lot.isReleased = true
        return
      }
      default:
    }
  }

  /** Σ of a side. */
  quantityOf(side: Side): bigint {
    let sum = 0n
    for (const lot of this.open.values()) if (lot.side === side) sum += lot.quantity
    return sum
  }

  private correct(tranche: string): void {
    const lot = this.open.get(tranche)
    if (lot !== undefined) lot.isCorrected = true
  }

  private lotOf(id: string, type: string): Lot | null {
    const lot = this.open.get(id)
    if (lot === undefined) this.blame(`${type} speaks of ${id}, which is not open`)
    return lot ?? null
  }

  private opened(event: EventOf<'TrancheOpened'>): void {
    const { tranche: id, side, stopPrice } = event
    if (this.open.has(id)) this.blame(`${id} was opened twice`)
    const price = parsePrice(event.price)
    const quantity = parseQuantity(event.quantity)
    if (quantity <= 0n) this.blame(`${id} was opened with ${event.quantity}`)
    const lot = {
      id,
      side,
      quantity,
      cost: price * quantity,
      stop: stopOf(stopPrice),
      isCorrected: false,
      isReleased: false,
    }
    this.open.set(id, lot)
    this.checkTargets(event, price)
  }

  private checkTargets(
    { tranche, side, stopPrice, stopLossPercent, takeProfitPrice, takeProfitPercent }: EventOf<'TrancheOpened'>,
    entry: bigint,
  ): void {
    const dueAt = (percent: string, isAbove: boolean): readonly bigint[] =>
      [...this.ticks].map((tick) => targetOf(entry, percent, { tick, isAbove }))
    if (stopPrice !== null && stopLossPercent !== null) {
      const due = dueAt(stopLossPercent, side === 'SHORT')
      if (!due.includes(parsePrice(stopPrice)))
        this.blame(`${tranche}: its stop is ${stopPrice}, ${due.join(' or ')} was due`)
    }
    if (takeProfitPrice !== null && takeProfitPercent !== null) {
      const due = dueAt(takeProfitPercent, side === 'LONG')
      if (!due.includes(parsePrice(takeProfitPrice)))
        this.blame(`${tranche}: its target is ${takeProfitPrice}, ${due.join(' or ')} was due`)
    }
    if (stopLossPercent !== null && stopPrice === null) this.blame(`${tranche} was opened without a stop`)
  }

  private increased(event: EventOf<'TrancheIncreased'>): void {
    const lot = this.lotOf(event.tranche, event.type)
    if (lot === null) return
    const quantity = parseQuantity(event.quantity)
    lot.quantity += quantity
    lot.cost += parsePrice(event.price) * quantity
    const stop = stopOf(event.stopPrice)
    if (!event.reanchored && lot.stop !== stop)
      this.blame(`${lot.id}: its stop moved with an increase that re-anchored nothing`)
    lot.stop = stop
  }

  private reduced(event: EventOf<'TrancheReduced'>): void {
    const lot = this.lotOf(event.tranche, event.type)
    if (lot === null) return
    const quantity = parseQuantity(event.quantity)
    if (quantity <= 0n || quantity > lot.quantity) return this.blame(`${lot.id} was reduced by more than is open`)
    const share = (lot.cost * quantity) / lot.quantity
    const due = signed(lot.side, parsePrice(event.price) * quantity - share)
    if (!lot.isCorrected && sizeOf(parseMoney(event.realizedPnl) - due) > DUST)
      this.blame(`${lot.id}: a part realized ${event.realizedPnl}, its own entry says ${due} × 10^-24`)
    lot.cost -= share
    lot.quantity -= quantity
  }

  private closed(event: EventOf<'TrancheClosed' | 'TrancheLiquidated'>): void {
    const lot = this.lotOf(event.tranche, event.type)
    if (lot !== null && lot.quantity !== 0n) this.blame(`${lot.id} was closed with something left`)
    this.open.delete(event.tranche)
  }

  private merged(event: EventOf<'TrancheMerged'>): void {
    const survivor = this.lotOf(event.tranche, event.type)
    if (survivor === null) return
    survivor.isCorrected = true
    for (const id of event.absorbed) {
      const absorbed = this.lotOf(id, event.type)
      if (absorbed === null) continue
      survivor.quantity += absorbed.quantity
      survivor.cost += absorbed.cost
      this.open.delete(id)
    }
    this.mustBeInFavour(survivor, stopOf(event.stopPrice))
    survivor.stop = stopOf(event.stopPrice)
  }

  private stopMoved(event: EventOf<'StopMoved'>): void {
    const lot = this.lotOf(event.tranche, event.type)
    if (lot === null) return
    if (stopOf(event.from) !== lot.stop) this.blame(`${lot.id}: its stop moved from where it was not`)
    if (!event.forced) this.mustBeInFavour(lot, stopOf(event.to))
    lot.stop = stopOf(event.to)
  }

  private mustBeInFavour({ id, side, stop }: Lot, to: bigint | null): void {
    if (stop === null) return
    if (to === null || signed(side, to) < signed(side, stop)) this.blame(`${id}: its stop moved against it`)
  }
}
