import { formatClock, formatDay } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { BookView, PositionComparison, ReconciliationView } from '../../src/api/index.js'
import { Age } from '../parts/age.js'
import { AveragePrice, Figure, Gain } from '../parts/figure.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { Table, type Column } from '../parts/table.js'

interface Line {
  readonly position: PositionComparison
  readonly who: 'ours' | 'venue'
}

function linesOf(positions: readonly PositionComparison[]): readonly Line[] {
  return positions.flatMap((position) => [
    { position, who: 'ours' } as const,
    ...(position.venue === null ? [] : [{ position, who: 'venue' } as const]),
  ])
}

function statusWords({ status, difference, ours, venue }: PositionComparison): string {
  if (status === null) return '– never compared'
  if (status === 'synced') return ours.quantity === venue?.quantity ? '= in step' : '= in step then, traded since'
  return status === 'conflict' ? '≠ conflict' : `≈ drift ${difference ?? ''}`
}

/** Now its age, in the past its time. */
function AsOf({ book, time }: { readonly book: BookView; readonly time: number | null }): JSX.Element {
  if (!book.isPast || time === null) return <Age since={time} />
  return <time title={`${formatDay(time)} UTC`}>{formatClock(time)}</time>
}

function columnsOf(book: BookView): readonly Column<Line>[] {
  const { priceDecimals, quantityDecimals } = book
  return [
    { title: 'position', type: 'text', cell: ({ position, who }) => (who === 'ours' ? position.positionSide : '') },
    { title: 'whose', type: 'text', cell: ({ who }) => (who === 'ours' ? 'ours' : "venue's") },
    {
      title: 'quantity',
      type: 'figure',
      cell: ({ position, who }) => <Figure text={position[who]?.quantity ?? null} decimals={quantityDecimals} />,
    },
    {
      title: 'average',
      type: 'figure',
      cell: ({ position, who }) => (
        <AveragePrice
          text={who === 'ours' ? position.ours.averagePrice : (position.venue?.entryPrice ?? null)}
          decimals={priceDecimals}
        />
      ),
    },
    {
      title: 'realized',
      type: 'figure',
      cell: ({ position, who }) => <Gain text={position[who]?.realizedPnl ?? null} />,
    },
    {
      title: 'status',
      type: 'text',
      cell: ({ position, who }) => (who === 'ours' ? statusWords(position) : ''),
    },
    {
      title: 'as of',
      type: 'figure',
      cell: ({ position, who }) => (who === 'ours' ? '' : <AsOf book={book} time={position.venue?.time ?? null} />),
    },
  ]
}

/** Our position beside the venue's, line by line. */
export function PositionPanel({
  book,
  view,
}: {
  readonly book: BookView
  readonly view: ReconciliationView
}): JSX.Element {
  const lines = linesOf(view.positions)
  return (
    <Panel title="Positions" note="by average cost, as venues account">
      {lines.length === 0 ? (
        <Empty title="Nothing held">Neither side holds anything to compare.</Empty>
      ) : (
        <Table
          caption="Our positions beside the venue's"
          rows={lines}
          keyOf={({ position, who }) => `${position.positionSide}/${who}`}
          columns={columnsOf(book)}
        />
      )}
    </Panel>
  )
}
