import type { JSX } from 'preact'
import type { BookView } from '../../src/api/index.js'
import { Gain } from '../parts/figure.js'
import { Panel } from '../parts/panel.js'
import { TrancheTable } from './tranche-table.js'

/** Closed tranches, folded by the UTC day on which they ended. */
export function ClosedDays({ book }: { readonly book: BookView }): JSX.Element | null {
  const { closedDays, closedCount } = book
  if (closedCount === 0) return null
  const shown = closedDays.reduce((sum, { tranches }) => sum + tranches.length, 0)
  const rest = closedCount > shown ? `, the newest ${shown} listed` : ''
  return (
    <Panel title="Closed" note={`${closedCount} in all${rest}`}>
      {closedDays.map(({ day, count, netPnl, tranches }) => (
        <details class="day" key={day}>
          <summary>
            <span>{day}</span>
            <span class="quiet">{count} closed</span>
            <span class="day-result">
              net <Gain text={netPnl} /> <span class="unit">{book.quoteAsset}</span>
            </span>
          </summary>
          <TrancheTable book={book} rows={tranches} caption={`Tranches closed on ${day}`} />
        </details>
      ))}
    </Panel>
  )
}
