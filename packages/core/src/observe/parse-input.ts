import type { PositionSide } from '../book/order.js'
import type { PositionMode } from '../config/symbol-config.js'
import { quoteAssetOf } from '../instrument/instrument.js'
import {
  idOf,
  malformed,
  moneyOf,
  optionalAsset,
  optionalFlag,
  optionalId,
  optionalMoney,
  optionalVenuePrice,
  optionalText,
  optionalWords,
  priceOf,
  priceOrZeroOf,
  quantityOf,
  type RawInput,
  signedQuantityOf,
  textOf,
  timeOf,
  wordOf,
} from './input-fields.js'
import type {
  FillInput,
  FillKind,
  FundingInput,
  Input,
  InputHeader,
  MarkInput,
  OrderInput,
  OrderReportStatus,
  PositionInput,
} from './inputs.js'
import { parseCommand } from './parse-command.js'

const TYPES = ['fill', 'mark', 'position', 'order', 'funding', 'tick', 'review', 'command'] as const
const ORDER_SIDES = ['BUY', 'SELL'] as const
const POSITION_SIDES = ['LONG', 'SHORT', 'BOTH'] as const
const KINDS = ['trade', 'liquidation', 'adl', 'settlement'] as const satisfies readonly FillKind[]
const STATUSES = [
  'acknowledged',
  'triggered',
  'filled',
  'cancelled',
  'expired',
  'refused',
  'unknown',
  'absent',
  'cancelRefused',
] as const satisfies readonly OrderReportStatus[]

/** What a line that leaves something out takes instead. */
export interface InputDefaults {
  readonly account: string
  /** Position mode, where it is known: what an absent `positionSide` means. */
  readonly positionMode: PositionMode | null
  /** Unique among the inputs of one source, such as a line number; names inputs that carry no id of their own. */
  readonly sequence: number
}

type Header = Omit<InputHeader, 'id'>

/** A book is named `account/symbol`: with a slash of its own, `a/b` and `c` could not be told from `a` and `b/c`. */
function accountOf(raw: RawInput, defaults: InputDefaults): string {
  const account = optionalText(raw, 'account') ?? defaults.account
  return account.includes('/') ? malformed('account', 'a name without /', account) : account
}

function headerOf(raw: RawInput, defaults: InputDefaults): Header {
  return { time: timeOf(raw), account: accountOf(raw, defaults), symbol: textOf(raw, 'symbol') }
}

function positionSideOf(raw: RawInput, defaults: InputDefaults): PositionSide {
  if (raw['positionSide'] == null && defaults.positionMode !== 'HEDGE') return 'BOTH'
  return wordOf(raw, 'positionSide', POSITION_SIDES)
}

/** Binance's names for orders that the venue itself sends (docs: user data streams, ORDER_TRADE_UPDATE, special client order ids). */
function kindOf(raw: RawInput, clientOrderId: string | null): FillKind {
  if (raw['kind'] != null) return wordOf(raw, 'kind', KINDS)
  if (clientOrderId?.startsWith('autoclose-') === true) return 'liquidation'
  if (clientOrderId?.startsWith('adl_autoclose') === true) return 'adl'
  if (clientOrderId?.startsWith('settlement_autoclose-') === true) return 'settlement'
  return 'trade'
}

function parseFill(raw: RawInput, header: Header, defaults: InputDefaults): FillInput {
  const fee = optionalMoney(raw, 'fee')
  const clientOrderId = optionalId(raw, 'clientOrderId')
  const tradeId = optionalId(raw, 'tradeId') ?? `#${defaults.sequence}`
  return {
    ...header,
    type: 'fill',
    id: `fill:${tradeId}`,
    side: wordOf(raw, 'side', ORDER_SIDES),
    positionSide: positionSideOf(raw, defaults),
    quantity: quantityOf(raw, 'quantity'),
    price: priceOf(raw, 'price'),
    fee,
    feeAsset: optionalAsset(raw, 'feeAsset') ?? (fee === null ? null : quoteAssetOf(header.symbol)),
    tradeId,
    orderId: optionalId(raw, 'orderId'),
    clientOrderId,
    tranche: optionalId(raw, 'tranche'),
    realizedPnl: optionalMoney(raw, 'realizedPnl'),
    maker: optionalFlag(raw, 'maker'),
    kind: kindOf(raw, clientOrderId),
  }
}

function parseMark(raw: RawInput, header: Header): MarkInput {
  // A mark of 0 is read, and refused when it is decided, so that one such row does not stop all the others.
  return { ...header, type: 'mark', id: `mark:${header.time}`, price: priceOrZeroOf(raw, 'price') }
}

function parsePosition(raw: RawInput, header: Header, defaults: InputDefaults): PositionInput {
  const positionSide = positionSideOf(raw, defaults)
  const quantity = signedQuantityOf(raw, 'quantity')
  if (positionSide !== 'BOTH' && quantity < 0n)
    malformed('quantity', `a ${positionSide} quantity of at least 0`, raw['quantity'])
  return {
    ...header,
    type: 'position',
    id: `position:${positionSide}:${header.time}`,
    positionSide,
    quantity,
    entryPrice: optionalVenuePrice(raw, 'entryPrice'),
    markPrice: optionalVenuePrice(raw, 'markPrice'),
  }
}

function parseOrder(raw: RawInput, header: Header): OrderInput {
  const clientOrderId = idOf(raw, 'clientOrderId')
  const status = wordOf(raw, 'status', STATUSES)
  return {
    ...header,
    type: 'order',
    id: `order:${clientOrderId}:${status}:${header.time}`,
    clientOrderId,
    status,
    orderId: optionalId(raw, 'orderId'),
    childOrderId: optionalId(raw, 'childOrderId'),
    filledQuantity: raw['filledQuantity'] == null ? null : signedQuantityOf(raw, 'filledQuantity'),
    code: optionalId(raw, 'code'),
    message: optionalWords(raw, 'message'),
    isPermanent: optionalFlag(raw, 'isPermanent') ?? false,
    wouldTrigger: optionalFlag(raw, 'wouldTrigger') ?? false,
  }
}

function parseFunding(raw: RawInput, header: Header, defaults: InputDefaults): FundingInput {
  const fundingId = optionalId(raw, 'id') ?? `#${defaults.sequence}`
  return {
    ...header,
    type: 'funding',
    id: `funding:${fundingId}`,
    amount: moneyOf(raw, 'amount'),
    asset: optionalAsset(raw, 'asset') ?? quoteAssetOf(header.symbol),
    fundingId,
    positionSide: raw['positionSide'] == null ? null : wordOf(raw, 'positionSide', POSITION_SIDES),
  }
}

/**
 * Reads one input from parsed JSON (format: `docs/input-lines.md`). Fields it does not know are ignored, so that a venue's own
 * extra columns may stay.
 *
 * @throws {InputError} `input.malformed` with the field, what was expected and what came.
 */
export function parseInput(value: unknown, defaults: InputDefaults): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return malformed(
      'line',
      'a JSON object such as {"type":"mark","time":1714000000000,"symbol":"BTCUSDT","price":"47500"}',
      value,
    )
  const raw: RawInput = { ...value }
  const type = wordOf(raw, 'type', TYPES)
  const header = headerOf(raw, defaults)
  switch (type) {
    case 'fill':
      return parseFill(raw, header, defaults)
    case 'mark':
      return parseMark(raw, header)
    case 'position':
      return parsePosition(raw, header, defaults)
    case 'order':
      return parseOrder(raw, header)
    case 'funding':
      return parseFunding(raw, header, defaults)
    case 'tick':
    case 'review':
      return { ...header, type, id: `${type}:${header.time}` }
    case 'command':
      return {
        ...header,
        type,
        id: `command:${header.time}:${defaults.sequence}`,
        actor: optionalText(raw, 'actor'),
        ...parseCommand(raw),
      }
  }
}
