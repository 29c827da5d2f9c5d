import { formatDuration, gainText } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { AnalyticsView, BookView } from '../../src/api/index.js'
import { Figure, Gain, GainPercent } from '../parts/figure.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { Table } from '../parts/table.js'

/** What holding isolated tranches went on to earn or cost. */
export function IsolationPanel({ view, book }: { readonly view: AnalyticsView; readonly book: BookView }): JSX.Element {
  const { isolations, count, open, worthwhile, result } = view.isolation
  const note = `${count} in all, ${open} lasting, ${worthwhile} earned; holding on: ${gainText(result)} ${view.quoteAsset}`
  return (
    <Panel title="Isolation" note={count === 0 ? null : note}>
      {count === 0 ? (
        <Empty title="Nothing was isolated">A tranche is isolated once its loss passes the threshold.</Empty>
      ) : (
        <Table
          caption="Isolations"
          rows={isolations}
          keyOf={({ tranche, from }) => `${tranche}/${from}`}
          columns={[
            { title: 'tranche', type: 'text', cell: ({ tranche, side }) => `${tranche} ${side}` },
            { title: 'for', type: 'figure', cell: ({ durationMs }) => formatDuration(durationMs) },
            { title: 'under water', type: 'figure', cell: ({ underWaterMs }) => formatDuration(underWaterMs) },
            { title: 'at', type: 'figure', cell: ({ price }) => <Figure text={price} decimals={book.priceDecimals} /> },
            { title: 'ended', type: 'text', cell: ({ to, end }) => (to === null ? 'lasts' : end) },
            { title: 'best', type: 'figure', cell: (one) => <GainPercent text={one.bestExcursionPercent} /> },
            { title: 'worst', type: 'figure', cell: (one) => <GainPercent text={one.worstExcursionPercent} /> },
            { title: 'earned or cost', type: 'figure', cell: (one) => <Gain text={one.result} /> },
          ]}
        />
      )}
    </Panel>
  )
}
