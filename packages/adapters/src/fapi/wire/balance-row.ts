import { decimal, listOf, recordOf, text } from '../../wire/wire-fields.js'

/** One row of the balance report. */
export interface BalanceRow {
  readonly asset: string
  readonly balance: string
  readonly availableBalance: string
}

function parseBalanceRow(value: unknown): BalanceRow {
  const record = recordOf(value, 'balance')
  return {
    asset: text(record, 'asset'),
    balance: decimal(record, 'balance'),
    availableBalance: decimal(record, 'availableBalance'),
  }
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseBalances(value: unknown): readonly BalanceRow[] {
  return listOf(value, 'balances').map(parseBalanceRow)
}
