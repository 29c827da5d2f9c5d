import type { JSX } from 'preact'
import type { BookView, TrancheRow } from '../../src/api/index.js'
import { TableHead } from '../parts/table.js'
import { TrancheTableRow } from './tranche-table-row.js'

const COLUMNS = [
  { title: 'tranche', type: 'text' },
  { title: 'state', type: 'text' },
  { title: 'entry', type: 'figure' },
  { title: 'open / original', type: 'figure' },
  { title: 'P&L', type: 'figure' },
  { title: '%', type: 'figure' },
  { title: 'stop', type: 'figure' },
  { title: 'targets', type: 'text' },
  { title: 'age', type: 'figure' },
  { title: 'shield', type: 'text' },
] as const

/** Tranches in rows that open. */
export function TrancheTable({
  book,
  rows,
  caption,
}: {
  readonly book: BookView
  readonly rows: readonly TrancheRow[]
  readonly caption: string
}): JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
      <table class="tranches">
        <TableHead columns={COLUMNS} />
        <tbody>
          {rows.map((row) => (
            <TrancheTableRow key={row.id} book={book} row={row} columns={COLUMNS.length} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
