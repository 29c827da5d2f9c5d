import type { TrancheRow } from '../api/book-view.js'
import type { Looking } from '../view/looking.js'
import { presentRows } from '../view/present-panel.js'
import type { Cell, Column, Table } from './table.js'

type Field = Column & { readonly value: (row: TrancheRow) => Cell }

const FIELDS: readonly Field[] = [
  { name: 'id', type: 'text', value: (row) => row.id },
  { name: 'label', type: 'text', value: (row) => row.label },
  { name: 'side', type: 'text', value: (row) => row.side },
  { name: 'status', type: 'text', value: (row) => row.status },
  { name: 'isolated', type: 'flag', value: (row) => row.isolated },
  { name: 'origin', type: 'text', value: (row) => row.origin },
  { name: 'evidence', type: 'text', value: (row) => row.evidence },
  { name: 'entryTime', type: 'time', value: (row) => row.entryTime },
  { name: 'entryPrice', type: 'decimal', value: (row) => row.entryPrice },
  { name: 'priceEstimated', type: 'flag', value: (row) => row.priceEstimated },
  { name: 'originalQuantity', type: 'decimal', value: (row) => row.originalQuantity },
  { name: 'quantity', type: 'decimal', value: (row) => row.quantity },
  { name: 'leverage', type: 'count', value: (row) => row.leverage },
  { name: 'takeProfitPrice', type: 'decimal', value: (row) => row.takeProfitPrice },
  { name: 'stopLossPrice', type: 'decimal', value: (row) => row.stopLossPrice },
  { name: 'stopRung', type: 'text', value: (row) => row.stopRung },
  { name: 'realizedPnl', type: 'decimal', value: (row) => row.realizedPnl },
  { name: 'unrealizedPnl', type: 'decimal', value: (row) => row.unrealizedPnl },
  { name: 'fees', type: 'decimal', value: (row) => row.fees },
  { name: 'funding', type: 'decimal', value: (row) => row.funding },
  { name: 'netPnl', type: 'decimal', value: (row) => row.netPnl },
  { name: 'pnlPercent', type: 'decimal', value: (row) => row.pnlPercent },
  { name: 'bestExcursionPercent', type: 'decimal', value: (row) => row.bestExcursionPercent },
  { name: 'worstExcursionPercent', type: 'decimal', value: (row) => row.worstExcursionPercent },
  { name: 'exitPrice', type: 'decimal', value: (row) => row.exitPrice },
  { name: 'exitTime', type: 'time', value: (row) => row.exitTime },
  { name: 'exitReason', type: 'text', value: (row) => row.exitReason },
  { name: 'mergedInto', type: 'text', value: (row) => row.mergedInto },
]

const BOOK: readonly Column[] = [
  { name: 'account', type: 'text' },
  { name: 'symbol', type: 'text' },
]

/** Records presented at once. */
const PORTION = 200

async function* rowsOf(lookings: readonly Looking[]): AsyncGenerator<readonly Cell[], void, undefined> {
  for (const looking of lookings) {
    const { account, symbol } = looking.fold.book
    const records = [...looking.fold.history.tranches.values()]
    for (let from = 0; from < records.length; from += PORTION)
      for (const row of await Promise.resolve(presentRows(looking, records.slice(from, from + PORTION))))
        yield [account, symbol, ...FIELDS.map(({ value }) => value(row))]
  }
}

/** Every tranche that ever lived in some books, in the order they opened. */
export function trancheTable(lookings: readonly Looking[]): Table {
  return { columns: [...BOOK, ...FIELDS.map(({ name, type }) => ({ name, type }))], rows: rowsOf(lookings) }
}
