import type { CommandLine, FillLine, InputLine } from '../src/lines/input-line.js'

type FillMore = Partial<Omit<FillLine, 'type' | 'side' | 'quantity' | 'price'>>
type CommandMore<Name extends CommandLine['command']> = Omit<
  Extract<CommandLine, { readonly command: Name }>,
  'type' | 'command' | 'time' | 'symbol'
>

/** Input lines of one market, written down one after the other: each one second after the line before, trade ids ascending. */
export class Feed {
  readonly lines: InputLine[] = []
  time = 1_714_000_000_000
  private trade = 0

  private readonly symbol: string
  private readonly side: FillLine['positionSide']

  constructor(symbol = 'BTCUSDT', side: FillLine['positionSide'] = 'LONG') {
    this.symbol = symbol
    this.side = side
  }

  private next(): { readonly time: number; readonly symbol: string } {
    this.time += 1000
    return { time: this.time, symbol: this.symbol }
  }

  private fill(side: 'BUY' | 'SELL', quantity: string, price: string, more: FillMore): this {
    this.trade += 1
    const tradeId = `${this.trade}`
    this.lines.push({ type: 'fill', ...this.next(), side, positionSide: this.side, quantity, price, tradeId, ...more })
    return this
  }

  buy(quantity: string, price: string, more: FillMore = {}): this {
    return this.fill('BUY', quantity, price, more)
  }

  sell(quantity: string, price: string, more: FillMore = {}): this {
    return this.fill('SELL', quantity, price, more)
  }

  mark(price: string): this {
    this.lines.push({ type: 'mark', ...this.next(), price })
    return this
  }

  position(quantity: string, entryPrice: string | null, markPrice: string | null, side = this.side): this {
    const figures = { ...(entryPrice === null ? {} : { entryPrice }), ...(markPrice === null ? {} : { markPrice }) }
    this.lines.push({ type: 'position', ...this.next(), positionSide: side, quantity, ...figures })
    return this
  }

  funding(amount: string, id: string, asset = 'USDT'): this {
    this.lines.push({ type: 'funding', ...this.next(), amount, asset, id })
    return this
  }

  command<Name extends CommandLine['command']>(command: Name, more: CommandMore<Name>): this {
    this.lines.push({ type: 'command', ...this.next(), command, ...more } as unknown as CommandLine)
    return this
  }

  /** Lets time pass before the next line. */
  wait(ms: number): this {
    this.time += ms
    return this
  }
}

/** A feed of a LONG hedge position, or of another kind. */
export function feed(options: { readonly symbol?: string; readonly side?: FillLine['positionSide'] } = {}): Feed {
  return new Feed(options.symbol, options.side)
}
