import { absolute, asMoney, asQuantity, formatMoney, parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { dataRows, dataText, hasData } from '../../test/shared-data.js'
import { type Account, positionOf } from './account.js'
import { bookIntoPosition } from './book-fill.js'
import { accountOf } from './exchange.js'
import { openExchange } from '../../test/open-exchange.js'

type Row = Readonly<Record<string, string>>

const COMPLETE = 'fills/copytrade-5accounts-complete.csv.gz'
const EXPECTED = 'fills/copytrade-5accounts-expected.json'
const TESTNET = 'fills/binance-um-testnet-userTrades-BTCUSDT-2025.csv'

function customer(): Account {
  return accountOf(openExchange().exchange, 'main')
}

/** Books a recorded fill by the engine's average cost; gives what the engine realizes and how it differs from what the venue said. */
function replay(account: Account, row: Row): { readonly isReducing: boolean; readonly difference: bigint } {
  const side = row['positionSide']
  const positionSide = side === 'LONG' || side === 'SHORT' ? side : 'BOTH'
  const position = positionOf(account, row['symbol']!, positionSide)
  const quantity = parseQuantity(row['qty']!)
  const before = absolute(position.amount)
  const profit = bookIntoPosition(
    position,
    asQuantity(row['side'] === 'BUY' ? quantity : -quantity),
    parsePrice(row['price']!),
  )
  const isFlipped = absolute(position.amount) < before || profit !== 0n
  return { isReducing: isFlipped, difference: absolute(asMoney(profit - parseMoney(row['realizedPnl']!))) }
}

describe('the realized profit of recorded fills', () => {
  it.skipIf(!hasData(COMPLETE))('of five accounts equals what the venue reported, to its rounding', () => {
    const orphans = new Set(
      (
        JSON.parse(dataText(EXPECTED)) as { accounts: { account: string; orphanCloseSeq: number[] }[] }
      ).accounts.flatMap(({ account, orphanCloseSeq }) => orphanCloseSeq.map((seq) => `${account}/${seq}`)),
    )
    const accounts = new Map<string, Account>()
    let checked = 0
    let largest = 0n
    for (const row of dataRows(COMPLETE)) {
      const key = `${row['account']}/${row['seq']}`
      const account = accounts.get(row['account']!) ?? customer()
      accounts.set(row['account']!, account)
      if (orphans.has(key)) {
        // a close of what was opened before the window: the position is flat after it
        const position = positionOf(account, row['symbol']!, row['positionSide'] === 'LONG' ? 'LONG' : 'SHORT')
        position.amount = asQuantity(0n)
        position.cost = asMoney(0n)
        continue
      }
      const { isReducing, difference } = replay(account, row)
      if (!isReducing) continue
      checked += 1
      if (difference > largest) largest = difference
    }
    expect(checked).toBe(1948)
    expect(Number(formatMoney(asMoney(largest)))).toBeLessThanOrEqual(5e-8)
  })

  it.skipIf(!hasData(TESTNET))('of a one-way account with flips equals what the venue reported', () => {
    const account = customer()
    let checked = 0
    for (const row of dataRows(TESTNET)) {
      const { isReducing, difference } = replay(account, row)
      expect(difference <= parseMoney('0.00000005')).toBe(true)
      if (isReducing) checked += 1
    }
    expect(checked).toBe(93)
  })
})
