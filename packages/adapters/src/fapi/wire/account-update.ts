import {
  decimal,
  integer,
  listOf,
  optionalDecimal,
  optionalText,
  recordOf,
  text,
  type WireRecord,
} from '../../wire/wire-fields.js'

/** A balance that changed. */
export interface BalanceChange {
  readonly asset: string
  readonly walletBalance: string
  /** Without profit and fees. */
  readonly change: string
}

/** A position that changed. Quantities of SHORT rows are negative. */
export interface PositionChange {
  readonly symbol: string
  readonly positionSide: string
  readonly amount: string
  readonly entryPrice: string | null
}

/** What changed in the account, and why. */
export interface AccountUpdate {
  readonly eventTime: number
  readonly transactionTime: number
  readonly reason: string
  /** For funding: which symbol, where the venue says so. */
  readonly symbol: string | null
  readonly balances: readonly BalanceChange[]
  readonly positions: readonly PositionChange[]
  readonly record: WireRecord
}

function parseBalance(value: unknown): BalanceChange {
  const record = recordOf(value, 'B')
  return {
    asset: text(record, 'a'),
    walletBalance: decimal(record, 'wb'),
    change: optionalDecimal(record, 'bc') ?? '0',
  }
}

function parsePosition(value: unknown): PositionChange {
  const record = recordOf(value, 'P')
  return {
    symbol: text(record, 's'),
    positionSide: optionalText(record, 'ps') ?? 'BOTH',
    amount: decimal(record, 'pa'),
    entryPrice: optionalDecimal(record, 'ep'),
  }
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseAccountUpdate(value: unknown): AccountUpdate {
  const record = recordOf(value, 'ACCOUNT_UPDATE')
  const account = recordOf(record['a'], 'a')
  return {
    eventTime: integer(record, 'E'),
    transactionTime: integer(record, 'T'),
    reason: text(account, 'm'),
    symbol: optionalText(account, 'S'),
    balances: listOf(account['B'] ?? [], 'B').map(parseBalance),
    positions: listOf(account['P'] ?? [], 'P').map(parsePosition),
    record,
  }
}
