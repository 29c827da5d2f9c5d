import type { CommandLine, FillLine, FundingLine, InputLine, MarkLine, PositionLine } from '../lines/input-line.js'
import {
  add,
  downTo,
  greatest,
  isZero,
  least,
  multiply,
  ONE,
  parseRatio,
  quotient,
  ratio,
  type Ratio,
  subtract,
  toText,
  ZERO,
} from '../exact/ratio.js'
import type { MarketTexts } from './instruments.js'
import { drifted, feeOf } from './feed-amounts.js'
import type { FeeMove, Move, PriceMove, ShareMove } from './moves.js'

type Side = 'LONG' | 'SHORT'
type MoveOf<Kind extends Move['kind']> = Extract<Move, { readonly kind: Kind }>

/** Where and how a feed is written. */
export interface FeedSetup {
  readonly market: MarketTexts
  readonly positionMode: 'HEDGE' | 'ONE_WAY'
  readonly account?: string
}

const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon']
const PREFIXES = { trade: '', liquidation: 'autoclose-', adl: 'adl_autoclose', settlement: 'settlement_autoclose-' }

/** Turns moves into input lines of one market, in the venue's order. Follows the venue's position, not the book's tranches. */
class FeedWriter {
  private time = 1_714_000_000_000
  private price: Ratio
  private trade = 6
  private order = 0
  private readonly open: Record<Side, Ratio> = { LONG: ZERO, SHORT: ZERO }
  private readonly entries: { readonly side: Side; readonly price: Ratio; readonly quantity: Ratio }[] = []
  private readonly lastOrder = new Map<Side, number>()
  private readonly setup: FeedSetup
  private readonly step: Ratio
  private readonly tick: Ratio

  constructor(setup: FeedSetup) {
    this.setup = setup
    this.price = parseRatio(setup.market.startPrice)
    this.step = parseRatio(setup.market.stepSize === '0' ? '0.001' : setup.market.stepSize)
    this.tick = parseRatio(setup.market.tickSize === '0' ? '0.1' : setup.market.tickSize)
  }

  write(move: Move): InputLine {
    this.time += move.gapMs
    switch (move.kind) {
      case 'entry':
      case 'part':
        return this.entry(move)
      case 'close':
        return this.close(move)
      case 'mark':
        return this.mark(move)
      case 'funding':
        return this.funding(move)
      case 'position':
        return this.position(move)
      case 'command':
        return this.command(move)
    }
  }

  private header(): { readonly time: number; readonly symbol: string; readonly account?: string } {
    const { account, market } = this.setup
    return { time: this.time, symbol: market.symbol, ...(account === undefined ? {} : { account }) }
  }

  private moveTo(move: PriceMove): Ratio {
    const wanted = this.target(move)
    this.price = greatest(this.tick, downTo(wanted, this.tick))
    return this.price
  }

  private target(move: PriceMove): Ratio {
    switch (move.to) {
      case 'same':
        return this.price
      case 'ticks':
        return add(this.price, multiply(this.tick, ratio(BigInt(move.ticks))))
      case 'jump':
        return multiply(this.price, add(ONE, ratio(BigInt(move.percent), 100n)))
      case 'level': {
        const entry = this.entries.at(-1 - (move.entry % Math.max(1, this.entries.length)))?.price ?? this.price
        const level = multiply(entry, add(ONE, quotient(parseRatio(String(move.percent)), ratio(100n))))
        return add(level, multiply(this.tick, ratio(BigInt(move.ticks))))
      }
    }
  }

  /** The other side's open quantity is taken first where the account holds one net position. */
  private hold(side: Side, quantity: Ratio): void {
    const other = side === 'LONG' ? 'SHORT' : 'LONG'
    const closed = this.setup.positionMode === 'ONE_WAY' ? least(quantity, this.open[other]) : ZERO
    this.open[other] = subtract(this.open[other], closed)
    this.open[side] = add(this.open[side], subtract(quantity, closed))
  }

  private entry(move: MoveOf<'entry' | 'part'>): FillLine {
    const side: Side = move.short ? 'SHORT' : 'LONG'
    const price = this.moveTo(move.price)
    const quantity = multiply(this.step, ratio(BigInt(move.steps)))
    const before = this.lastOrder.get(side)
    const isPart = move.kind === 'part' && before !== undefined
    if (!isPart) this.order += 1
    const order = isPart ? before : this.order
    this.lastOrder.set(side, order)
    const name = isPart ? null : this.nameFor(side, quantity, move.name)
    this.hold(side, quantity)
    this.entries.push({ side, price, quantity })
    return {
      ...this.fill(side === 'LONG' ? 'BUY' : 'SELL', quantity, move.fee),
      ...this.place(side, name),
      orderId: `${order}`,
    }
  }

  /** A name for a fill, unless it would flip the position: then nobody could say which side it means. */
  private nameFor(side: Side, quantity: Ratio, name: number | null): string | null {
    if (name === null) return null
    const other = side === 'LONG' ? 'SHORT' : 'LONG'
    const isNet = this.setup.positionMode === 'ONE_WAY' && !isZero(this.open[other])
    if (isNet && !isZero(subtract(quantity, least(quantity, this.open[other])))) return null
    return `${NAMES[name] ?? 'alpha'}-${isNet ? other : side}`
  }

  private place(side: Side, name: string | null): Pick<FillLine, 'positionSide' | 'tranche'> {
    const positionSide = this.setup.positionMode === 'HEDGE' ? side : 'BOTH'
    return name === null ? { positionSide } : { positionSide, tranche: name }
  }

  private fill(side: 'BUY' | 'SELL', quantity: Ratio, fee: FeeMove): Omit<FillLine, 'positionSide'> {
    this.trade += 1
    const base = {
      type: 'fill' as const,
      ...this.header(),
      side,
      quantity: toText(quantity),
      price: toText(this.price),
    }
    return {
      ...base,
      ...feeOf(fee, multiply(quantity, this.price), this.setup.market.quoteAsset),
      tradeId: `${this.trade}`,
    }
  }

  private share(side: Side, share: ShareMove): Ratio {
    const open = this.open[side]
    if (isZero(open)) return this.step
    if (share === 'all') return open
    if (share === 'step') return least(open, this.step)
    if (share === 'third') return greatest(least(open, this.step), downTo(quotient(open, ratio(3n)), this.step))
    if (share === 'lot') return least(open, this.entries.findLast((entry) => entry.side === side)?.quantity ?? open)
    return add(open, multiply(this.step, ratio(2n)))
  }

  private close(move: MoveOf<'close'>): FillLine {
    const isFlat = isZero(this.open[move.short ? 'SHORT' : 'LONG'])
    if (isFlat && move.share !== 'over') return this.entry({ ...move, kind: 'entry', steps: 3 })
    const held: Side = move.short ? 'SHORT' : 'LONG'
    const side =
      this.setup.positionMode === 'ONE_WAY' && isZero(this.open[held]) ? (move.short ? 'LONG' : 'SHORT') : held
    this.moveTo(move.price)
    const quantity = this.share(side, move.share)
    const opposite: Side = side === 'LONG' ? 'SHORT' : 'LONG'
    const name =
      this.setup.positionMode === 'HEDGE'
        ? this.nameFor(side, quantity, move.name)
        : this.nameFor(opposite, quantity, move.name)
    const line = this.fill(side === 'LONG' ? 'SELL' : 'BUY', quantity, move.fee)
    if (this.setup.positionMode === 'ONE_WAY') this.hold(opposite, quantity)
    else this.open[side] = subtract(this.open[side], least(quantity, this.open[side]))
    this.order += 1
    const cause = PREFIXES[move.cause] === '' ? {} : { clientOrderId: `${PREFIXES[move.cause]}${this.order}` }
    return { ...line, ...this.place(side, name), orderId: `${this.order}`, ...cause }
  }

  private mark(move: MoveOf<'mark'>): MarkLine {
    return { type: 'mark', ...this.header(), price: toText(this.moveTo(move.price)) }
  }

  private funding(move: MoveOf<'funding'>): FundingLine {
    this.trade += 1
    const asset = move.other ? 'BNB' : this.setup.market.quoteAsset
    const amount = toText(ratio(BigInt(move.units), 10_000_000n))
    const isOfSide = this.setup.positionMode === 'HEDGE' && move.short !== null
    const side = isOfSide ? ({ positionSide: move.short ? 'SHORT' : 'LONG' } as const) : {}
    return { type: 'funding', ...this.header(), amount, asset, id: `F${this.trade}`, ...side }
  }

  private position(move: MoveOf<'position'>): PositionLine {
    const price = toText(this.price)
    const isNet = this.setup.positionMode === 'ONE_WAY'
    const side: Side = isNet ? (isZero(this.open.SHORT) ? 'LONG' : 'SHORT') : move.short ? 'SHORT' : 'LONG'
    const quantity = drifted(this.open[side], move.drift, this.step)
    this.open[side] = quantity
    const signed = isNet && side === 'SHORT' ? subtract(ZERO, quantity) : quantity
    const figures = { quantity: toText(signed), entryPrice: isZero(quantity) ? '0' : price, markPrice: price }
    return { type: 'position', ...this.header(), positionSide: isNet ? 'BOTH' : side, ...figures }
  }

  /** One of its own, one that fills name as well, or one that looks like an id. */
  private labelFor(other: number): string {
    return [`label-${this.trade}`, `${NAMES[other] ?? 'alpha'}-LONG`, `T${other + 1}`][other % 3] ?? 'alpha-LONG'
  }

  private command(move: MoveOf<'command'>): CommandLine {
    const base = { type: 'command' as const, ...this.header() }
    const tranche = `T${move.lot + 1}`
    const quantity = toText(this.step)
    this.trade += 1
    const price = toText(greatest(this.tick, downTo(this.target(move.price), this.tick)))
    switch (move.command) {
      case 'isolateTranche':
      case 'releaseTranche':
      case 'closeTranche':
        return { ...base, command: move.command, tranche }
      case 'labelTranche':
        return { ...base, command: 'labelTranche', tranche, label: this.labelFor(move.other) }
      case 'moveStop':
      case 'forceStop':
        return { ...base, command: 'moveStop', tranche, price, force: move.command === 'forceStop' }
      case 'moveTakeProfit':
        return { ...base, command: 'moveTakeProfit', tranche, price }
      case 'mergeTranches':
        return { ...base, command: 'mergeTranches', tranches: [tranche, `T${move.other + 1}`] }
      case 'addToTranche':
        return { ...base, command: 'addToTranche', tranche, quantity, price }
      case 'openTranche':
        return { ...base, command: 'openTranche', side: move.lot % 2 === 0 ? 'LONG' : 'SHORT', quantity, price }
      case 'pause':
      case 'resume':
        return { ...base, command: move.command }
    }
  }
}

/** Writes moves as input lines, in the venue's order. The same moves give the same lines. */
export function writeFeed(moves: readonly Move[], setup: FeedSetup): readonly InputLine[] {
  const writer = new FeedWriter(setup)
  return moves.map((move) => writer.write(move))
}
