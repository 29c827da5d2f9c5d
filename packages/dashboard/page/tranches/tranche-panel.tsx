import type { JSX } from 'preact'
import type { BookView } from '../../src/api/index.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { TrancheTable } from './tranche-table.js'

/** The open tranches of both sides. */
export function TranchePanel({ book }: { readonly book: BookView }): JSX.Element {
  const rows = book.groups.flatMap(({ tranches }) => tranches)
  const isolated = rows.filter((row) => row.isolated).length
  return (
    <Panel title="Tranches" note={`${rows.length - isolated} active, ${isolated} isolated`}>
      {rows.length === 0 ? (
        <Empty title="Nothing is open">An entry fill opens a tranche; closed ones are listed below.</Empty>
      ) : (
        <TrancheTable book={book} rows={rows} caption="Open tranches" />
      )}
    </Panel>
  )
}
