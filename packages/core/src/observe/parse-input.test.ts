import { describe, expect, it } from 'vitest'
import { InputError } from '../errors.js'
import { parseMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { type InputDefaults, parseInput } from './parse-input.js'
import { COMMANDS } from './parse-command.js'

type Raw = Readonly<Record<string, unknown>>

const DEFAULTS: InputDefaults = { account: 'main', positionMode: null, sequence: 7 }
const HEADER = { time: 1714000000000, symbol: 'BTCUSDT' }
const FILL: Raw = { ...HEADER, type: 'fill', side: 'BUY', positionSide: 'LONG', quantity: '0.1', price: '50000' }
const MARK: Raw = { ...HEADER, type: 'mark', price: '47500' }
const POSITION: Raw = { ...HEADER, type: 'position', positionSide: 'LONG', quantity: '0.2' }
const ORDER: Raw = { ...HEADER, type: 'order', clientOrderId: 'tb-1', status: 'filled' }
const FUNDING: Raw = { ...HEADER, type: 'funding', amount: '-0.12' }

function parsed(raw: unknown, defaults: Partial<InputDefaults> = {}): unknown {
  return parseInput(raw, { ...DEFAULTS, ...defaults })
}

function refusal(raw: unknown, defaults: Partial<InputDefaults> = {}): string {
  try {
    parsed(raw, defaults)
  } catch (error) {
    if (error instanceof InputError && error.code === 'input.malformed') return error.message
    throw error
  }
  throw new Error(`taken: ${JSON.stringify(raw)}`)
}

describe('a fill', () => {
  it('is read with everything it may carry', () => {
    const raw = {
      ...FILL,
      fee: '2.5',
      feeAsset: 'BNB',
      tradeId: '1',
      orderId: '10',
      clientOrderId: 'c',
      tranche: 'T1',
      realizedPnl: '0',
      maker: false,
      account: 'sub',
    }

    expect(parsed(raw)).toEqual({
      type: 'fill',
      id: 'fill:1',
      time: 1714000000000,
      account: 'sub',
      symbol: 'BTCUSDT',
      side: 'BUY',
      positionSide: 'LONG',
      quantity: parseQuantity('0.1'),
      price: parsePrice('50000'),
      fee: parseMoney('2.5'),
      feeAsset: 'BNB',
      tradeId: '1',
      orderId: '10',
      clientOrderId: 'c',
      tranche: 'T1',
      realizedPnl: 0n,
      maker: false,
      kind: 'trade',
    })
  })

  it('leaves unknown what is absent: nothing becomes 0', () => {
    expect(parsed(FILL)).toMatchObject({
      fee: null,
      feeAsset: null,
      tradeId: '#7',
      id: 'fill:#7',
      orderId: null,
      clientOrderId: null,
      tranche: null,
      realizedPnl: null,
      maker: null,
      account: 'main',
    })
  })

  it('takes the quote asset for the asset of a fee that names none', () => {
    expect(parsed({ ...FILL, fee: '0' })).toMatchObject({ fee: 0n, feeAsset: 'USDT' })
    expect(parsed({ ...FILL, symbol: 'BTCUSDC', fee: '0.1' })).toMatchObject({ feeAsset: 'USDC' })
  })

  it('takes ids as whole numbers where JSON carries them exactly', () => {
    expect(parsed({ ...FILL, tradeId: 12, orderId: 9007199254740991 })).toMatchObject({
      tradeId: '12',
      orderId: '9007199254740991',
    })
    expect(refusal({ ...FILL, orderId: 9007199254740992 })).toContain(
      'orderId: expected an id as text, because JSON numbers above 2^53 lose digits',
    )
    expect(refusal({ ...FILL, tradeId: 1.5 })).toContain('tradeId: expected an id as text')
    expect(refusal({ ...FILL, tradeId: -1 })).toContain('tradeId')
  })

  it.each([
    ['autoclose-1714', 'liquidation'],
    ['adl_autoclose', 'adl'],
    ['settlement_autoclose-9', 'settlement'],
    ['my-autoclose-1', 'trade'],
    ['autoclose', 'trade'],
  ])('with the client id %s is a %s', (clientOrderId, kind) => {
    expect(parsed({ ...FILL, clientOrderId })).toMatchObject({ kind })
  })

  it('says its kind itself where it does', () => {
    expect(parsed({ ...FILL, clientOrderId: 'autoclose-1', kind: 'trade' })).toMatchObject({ kind: 'trade' })
    expect(parsed({ ...FILL, kind: 'adl' })).toMatchObject({ kind: 'adl' })
    expect(refusal({ ...FILL, kind: 'margin call' })).toContain(
      'kind: expected "trade", "liquidation", "adl", "settlement", got "margin call"',
    )
  })

  it('without a position side belongs to the net position, but in hedge mode it must say', () => {
    const { positionSide: _, ...bare } = FILL

    expect(parsed(bare)).toMatchObject({ positionSide: 'BOTH' })
    expect(parsed(bare, { positionMode: 'ONE_WAY' })).toMatchObject({ positionSide: 'BOTH' })
    expect(refusal(bare, { positionMode: 'HEDGE' })).toContain(
      'positionSide is missing: expected "LONG", "SHORT", "BOTH"',
    )
  })
})

describe('a mark', () => {
  it('is read, 0 too: it is refused when it is decided', () => {
    expect(parsed(MARK)).toEqual({
      type: 'mark',
      id: 'mark:1714000000000',
      account: 'main',
      ...HEADER,
      price: parsePrice('47500'),
    })
    expect(parsed({ ...MARK, price: '0' })).toMatchObject({ price: 0n })
    expect(refusal({ ...MARK, price: '-1' })).toContain('price: expected a price of at least 0, got "-1"')
  })
})

describe('a position', () => {
  it('is signed for BOTH only', () => {
    expect(parsed({ ...POSITION, positionSide: 'BOTH', quantity: '-0.2' })).toMatchObject({
      quantity: parseQuantity('-0.2'),
      id: 'position:BOTH:1714000000000',
    })
    expect(refusal({ ...POSITION, quantity: '-0.2' })).toContain(
      'quantity: expected a LONG quantity of at least 0, got "-0.2"',
    )
    expect(parsed({ ...POSITION, quantity: '0' })).toMatchObject({ quantity: 0n })
  })

  it('takes a price of 0 for none', () => {
    expect(parsed({ ...POSITION, entryPrice: '0', markPrice: '0.0' })).toMatchObject({
      entryPrice: null,
      markPrice: null,
    })
    expect(parsed({ ...POSITION, entryPrice: '49000', markPrice: '48000' })).toMatchObject({
      entryPrice: parsePrice('49000'),
      markPrice: parsePrice('48000'),
    })
    expect(refusal({ ...POSITION, entryPrice: '-1' })).toContain('entryPrice: expected a price of at least 0')
  })
})

describe('an order', () => {
  it('is read with everything it may carry', () => {
    const more = {
      orderId: 5,
      childOrderId: '6',
      filledQuantity: '0.1',
      code: '-2011',
      message: 'Unknown order sent.',
      isPermanent: true,
      wouldTrigger: true,
    }

    expect(parsed({ ...ORDER, ...more })).toEqual({
      type: 'order',
      id: 'order:tb-1:filled:1714000000000',
      account: 'main',
      ...HEADER,
      clientOrderId: 'tb-1',
      status: 'filled',
      orderId: '5',
      childOrderId: '6',
      filledQuantity: parseQuantity('0.1'),
      code: '-2011',
      message: 'Unknown order sent.',
      isPermanent: true,
      wouldTrigger: true,
    })
  })

  it('leaves unknown what is absent', () => {
    expect(parsed(ORDER)).toMatchObject({
      orderId: null,
      childOrderId: null,
      filledQuantity: null,
      code: null,
      message: null,
      isPermanent: false,
      wouldTrigger: false,
    })
    expect(parsed({ ...ORDER, filledQuantity: '0' })).toMatchObject({ filledQuantity: 0n })
  })
})

describe('funding', () => {
  it('is read', () => {
    expect(parsed({ ...FUNDING, asset: 'USDC', id: '77', positionSide: 'SHORT' })).toEqual({
      type: 'funding',
      id: 'funding:77',
      account: 'main',
      ...HEADER,
      amount: parseMoney('-0.12'),
      asset: 'USDC',
      fundingId: '77',
      positionSide: 'SHORT',
    })
    expect(parsed(FUNDING)).toMatchObject({ asset: 'USDT', fundingId: '#7', positionSide: null })
  })
})

describe('a tick and a review', () => {
  it.each(['tick', 'review'])('%s needs no more than its time', (type) => {
    expect(parsed({ ...HEADER, type })).toEqual({ type, id: `${type}:1714000000000`, account: 'main', ...HEADER })
  })
})

describe('a command', () => {
  const command = (name: string, more: Raw = {}): Raw => ({ ...HEADER, type: 'command', command: name, ...more })

  it.each<[raw: Raw, wanted: Raw]>([
    [
      command('openTranche', { side: 'LONG', quantity: '1' }),
      { side: 'LONG', quantity: parseQuantity('1'), price: null, label: null, signalStrength: null },
    ],
    [
      command('openTranche', { side: 'SHORT', quantity: '1', price: '5', label: 'x', signalStrength: 0 }),
      { price: parsePrice('5'), label: 'x', signalStrength: 0 },
    ],
    [
      command('addToTranche', { tranche: 'T1', quantity: '1' }),
      { tranche: 'T1', quantity: parseQuantity('1'), price: null },
    ],
    [command('closeTranche', { tranche: 'T1' }), { quantity: null, price: null }],
    [
      command('closeTranche', { tranche: 'T1', quantity: '1', price: '5' }),
      { quantity: parseQuantity('1'), price: parsePrice('5') },
    ],
    [command('closeGroup', { side: 'LONG' }), { side: 'LONG' }],
    [command('flatten'), {}],
    [command('mergeTranches', { tranches: ['T1', 'T2'] }), { tranches: ['T1', 'T2'] }],
    [command('labelTranche', { tranche: 'T1', label: 'x' }), { label: 'x' }],
    [command('labelTranche', { tranche: 'T1' }), { label: null }],
    [command('annotateTranche', { tranche: 'T1', note: 'n' }), { note: 'n' }],
    [command('isolateTranche', { tranche: 'T1' }), { tranche: 'T1' }],
    [command('releaseTranche', { tranche: 'T1' }), { tranche: 'T1' }],
    [command('disownTranche', { tranche: 'T1' }), { tranche: 'T1' }],
    [command('moveStop', { tranche: 'T1', price: '5' }), { price: parsePrice('5'), force: false }],
    [command('moveStop', { tranche: 'T1', price: '5', force: true }), { force: true }],
    [command('moveTakeProfit', { tranche: 'T1', price: '5' }), { price: parsePrice('5') }],
    [command('moveTakeProfit', { tranche: 'T1', price: null }), { price: null }],
    [command('pause'), {}],
    [command('gracefulStop'), {}],
    [command('killSwitch'), {}],
    [command('resume'), {}],
    [command('repair', { kind: 'adopt' }), { kind: 'adopt' }],
    [command('resolveConflict', { note: 'n' }), { note: 'n' }],
    [command('resolveConflict'), { note: null }],
    [command('takeOver'), {}],
    [command('configure', { options: { maxTranches: 0 } }), { options: { maxTranches: 0 } }],
  ])('%o', (raw, wanted) => {
    expect(parsed(raw)).toMatchObject({
      type: 'command',
      id: 'command:1714000000000:7',
      actor: null,
      command: raw['command'],
      ...wanted,
    })
    expect(parsed({ ...raw, actor: 'anna' })).toMatchObject({ actor: 'anna' })
  })

  it.each<[raw: Raw, says: string]>([
    [command('sell everything'), 'command: expected "openTranche", '],
    [command('openTranche', { side: 'BOTH', quantity: '1' }), 'side: expected "LONG", "SHORT", got "BOTH"'],
    [command('openTranche', { side: 'LONG' }), 'quantity is missing'],
    [command('openTranche', { side: 'LONG', quantity: '0' }), 'quantity: expected a quantity above 0, got "0"'],
    [
      command('openTranche', { side: 'LONG', quantity: '1', signalStrength: 1.1 }),
      'signalStrength: expected a number from 0 to 1, got 1.1',
    ],
    [command('openTranche', { side: 'LONG', quantity: '1', signalStrength: -0.1 }), 'signalStrength'],
    [command('openTranche', { side: 'LONG', quantity: '1', signalStrength: '0.5' }), 'signalStrength'],
    [command('closeTranche', {}), 'tranche is missing: expected text'],
    [command('closeTranche', { tranche: '' }), 'tranche: expected text, got ""'],
    [command('closeTranche', { tranche: 'T1', quantity: 0 }), 'quantity: expected a decimal as text such as "0"'],
    [command('mergeTranches', {}), 'tranches is missing: expected a list of tranche ids or labels'],
    [command('mergeTranches', { tranches: 'T1' }), 'tranches: expected a list'],
    [
      command('mergeTranches', { tranches: ['T1', 2] }),
      'tranches: expected a list of tranche ids or labels, got ["T1",2]',
    ],
    [command('mergeTranches', { tranches: ['T1', 'nul \0'] }), 'tranches: expected text without NUL'],
    [command('labelTranche', { tranche: 'T1', label: 'half \ud83d' }), 'label: expected text without NUL and without'],
    [command('annotateTranche', { tranche: 'T1' }), 'note is missing'],
    [command('moveStop', { tranche: 'T1' }), 'price is missing'],
    [command('moveStop', { tranche: 'T1', price: '0' }), 'price: expected a price above 0 (0 is not a price), got "0"'],
    [command('moveStop', { tranche: 'T1', price: '5', force: 'yes' }), 'force: expected true or false, got "yes"'],
    [command('configure', {}), 'options is missing: expected an object of options'],
    [command('configure', { options: [] }), 'options: expected an object of options, got []'],
    [command('configure', { options: null }), 'options: expected an object of options, got null'],
    [command('pause', { actor: 5 }), 'actor: expected text, got 5'],
  ])('%o is refused', (raw, says) => {
    expect(refusal(raw)).toContain(says)
  })

  it.each<[name: string, more: Raw, without: string]>([
    ['openTranche', { side: 'LONG', quantity: '1' }, 'for a market order'],
    ['addToTranche', { tranche: 'T1', quantity: '1' }, 'for a market order'],
    ['closeTranche', { tranche: 'T1' }, 'for a market order'],
    ['moveTakeProfit', { tranche: 'T1' }, 'for no target'],
  ])('%s refuses a price of 0: it never means none', (name, more, without) => {
    for (const price of ['0', '0.00', '-0', '-1'])
      expect(refusal(command(name, { ...more, price }))).toBe(
        `price: expected a price above 0, or leave it out ${without}, got "${price}"`,
      )
    expect(parsed(command(name, { ...more, price: null }))).toMatchObject({ price: null })
  })

  it.each([' ', '\t', 'x'.repeat(101), '\u{1f600}'.repeat(101)])('refuses the label %j', (label) => {
    const says = 'label: expected at most 100 characters, and not only blanks'
    expect(refusal(command('labelTranche', { tranche: 'T1', label }))).toContain(says)
    expect(refusal(command('openTranche', { side: 'LONG', quantity: '1', label }))).toContain(says)
  })

  it('takes a label of 100 characters', () => {
    const label = '\u{1f600}'.repeat(100)
    expect(parsed(command('labelTranche', { tranche: 'T1', label }))).toMatchObject({ label })
  })

  it('of every name is known', () => {
    for (const name of COMMANDS) expect(() => parsed(command(name))).not.toThrow('command: expected')
  })
})

describe('a line that cannot be read', () => {
  it.each([null, undefined, 5, 'fill', [], [FILL], true])('is refused where it is %j', (value) => {
    expect(refusal(value)).toContain('expected a JSON object such as {"type":"mark"')
  })

  it.each<[raw: Raw, says: string]>([
    [
      { ...MARK, type: 'price' },
      'type: expected "fill", "mark", "position", "order", "funding", "tick", "review", "command", got "price"',
    ],
    [{ ...MARK, type: undefined }, 'type is missing'],
    [{ ...MARK, account: 'a/b' }, 'account: expected a name without /, got "a/b"'],
    [{ ...MARK, time: undefined }, 'time is missing: expected epoch milliseconds as a whole number'],
    [{ ...MARK, time: '1714000000000' }, 'time: expected epoch milliseconds as a whole number, got "1714000000000"'],
    [{ ...MARK, time: 1.5 }, 'time: expected epoch milliseconds'],
    [{ ...MARK, time: -1 }, 'time: expected epoch milliseconds'],
    [{ ...MARK, time: 2 ** 60 }, 'time: expected epoch milliseconds'],
    [{ ...MARK, symbol: undefined }, 'symbol is missing: expected text'],
    [{ ...MARK, symbol: '' }, 'symbol: expected text, got ""'],
    [{ ...MARK, account: 5 }, 'account: expected text, got 5'],
    [{ ...MARK, price: undefined }, 'price is missing'],
    [
      { ...MARK, price: 47500.5 },
      'price: expected a decimal as text such as "47500.5", because JSON numbers lose digits, got 47500.5',
    ],
    [{ ...MARK, price: null }, 'price: expected a decimal as text such as "0.001", got null'],
    [
      { ...MARK, price: '1e5' },
      'price: expected a plain decimal such as "0.001" with at most 12 decimals, got "1e5": exponents are not accepted',
    ],
    [{ ...MARK, price: 'NaN' }, 'price: expected a plain decimal'],
    [{ ...FILL, side: 'buy' }, 'side: expected "BUY", "SELL", got "buy"'],
    [{ ...FILL, positionSide: 'NET' }, 'positionSide: expected "LONG", "SHORT", "BOTH", got "NET"'],
    [{ ...FILL, quantity: '0' }, 'quantity: expected a quantity above 0, got "0"'],
    [{ ...FILL, quantity: '-1' }, 'quantity: expected a quantity above 0, got "-1"'],
    [{ ...FILL, quantity: '0.0000000000001' }, 'quantity: expected a plain decimal'],
    [{ ...FILL, price: '0' }, 'price: expected a price above 0 (0 is not a price), got "0"'],
    [{ ...FILL, price: '-5' }, 'price: expected a price above 0'],
    [{ ...FILL, fee: 2.5 }, 'fee: expected a decimal as text such as "2.5"'],
    [{ ...FILL, fee: '' }, 'fee: expected a plain decimal'],
    [{ ...FILL, feeAsset: 5 }, 'feeAsset: expected text'],
    [{ ...FILL, tradeId: {} }, 'tradeId: expected text, got {}'],
    [{ ...FILL, orderId: '' }, 'orderId: expected text, got ""'],
    [{ ...FILL, clientOrderId: [] }, 'clientOrderId: expected text'],
    [{ ...FILL, tranche: true }, 'tranche: expected text'],
    [{ ...FILL, realizedPnl: 'x' }, 'realizedPnl: expected a plain decimal'],
    [{ ...FILL, maker: 'true' }, 'maker: expected true or false, got "true"'],
    [{ ...POSITION, quantity: undefined }, 'quantity is missing'],
    [{ ...POSITION, markPrice: 5 }, 'markPrice: expected a decimal as text'],
    [{ ...ORDER, clientOrderId: undefined }, 'clientOrderId is missing'],
    [{ ...ORDER, status: 'NEW' }, 'status: expected "acknowledged", "triggered", "filled"'],
    [{ ...ORDER, filledQuantity: 1 }, 'filledQuantity: expected a decimal as text'],
    [{ ...ORDER, message: 5 }, 'message: expected text'],
    [{ ...ORDER, isPermanent: 1 }, 'isPermanent: expected true or false'],
    [{ ...ORDER, wouldTrigger: 1 }, 'wouldTrigger: expected true or false'],
    [{ ...FUNDING, amount: undefined }, 'amount is missing'],
    [{ ...FUNDING, amount: -0.12 }, 'amount: expected a decimal as text such as "-0.12"'],
    [{ ...FUNDING, asset: '' }, 'asset: expected text'],
    [{ ...FUNDING, positionSide: 'NET' }, 'positionSide: expected'],
  ])('%o', (raw, says) => {
    expect(refusal(raw)).toContain(says)
  })

  it('shows no more than 60 characters of what came', () => {
    const message = refusal({ ...FILL, side: 'x'.repeat(500) })

    expect(message).toContain('…')
    expect(message.length).toBeLessThan(150)
  })

  it('names the field beside the message', () => {
    try {
      parsed({ ...FILL, price: '1e5' })
      expect.unreachable()
    } catch (error) {
      expect((error as InputError).details).toMatchObject({ field: 'price', value: '1e5' })
    }
  })
})

describe('fields it does not know', () => {
  it('may stay', () => {
    expect(parsed({ ...MARK, E: 5, source: 'stream' })).toEqual(parsed(MARK))
  })
})

describe('the name of an asset', () => {
  it.each(['__proto__', 'constructor', 'toString'])('is never one that every object has: %s', (asset) => {
    const fill = {
      type: 'fill',
      time: 1,
      symbol: 'A',
      side: 'BUY',
      quantity: '1',
      price: '1',
      fee: '1',
      feeAsset: asset,
    }
    const funding = { type: 'funding', time: 1, symbol: 'A', amount: '1', asset }
    for (const line of [fill, funding])
      expect(() => parseInput(line, { account: 'main', positionMode: null, sequence: 1 })).toThrow(/name of an asset/)
  })
})
