import { figureText, formatClock, formatDay } from '@tranchebook/core'
import type { JSX } from 'preact'
import { API_PATHS, type BookView, type ReconciliationView } from '../../src/api/index.js'
import { Figure } from '../parts/figure.js'
import { WhenLoaded } from '../parts/loaded.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { Table, type Column } from '../parts/table.js'
import { useResource } from '../parts/use-resource.js'
import { pathAt } from '../state/path-at.js'
import { EquityPanel } from './equity-panel.js'
import { LastComparisonPanel } from './last-comparison.js'
import { PositionPanel } from './position-panel.js'
import { RepairPanel } from './repair-panel.js'

type Check = ReconciliationView['checks'][number]
type Synthetic = ReconciliationView['synthetic'][number]

const CHECKS: readonly Column<Check>[] = [
  { title: 'time', type: 'text', cell: ({ time }) => `${formatDay(time)} ${formatClock(time)}` },
  { title: 'event', type: 'figure', cell: ({ version }) => version },
  { title: 'what', type: 'text', cell: ({ sentence }) => sentence },
  { title: 'why', type: 'text', cell: ({ why }) => why ?? '–' },
]

function syntheticColumns({ priceDecimals, quantityDecimals }: BookView): readonly Column<Synthetic>[] {
  return [
    { title: 'time', type: 'text', cell: ({ time }) => `${formatDay(time)} ${formatClock(time)}` },
    { title: 'tranche', type: 'text', cell: ({ tranche, side, kind }) => `${tranche} ${side} ${kind}` },
    {
      title: 'quantity',
      type: 'figure',
      cell: ({ quantity }) => <Figure text={quantity} decimals={quantityDecimals} />,
    },
    { title: 'price', type: 'figure', cell: ({ price }) => <Figure text={price} decimals={priceDecimals} /> },
    { title: 'evidence', type: 'text', cell: ({ evidence }) => evidence },
  ]
}

function OrderSpaces({ view }: { readonly view: ReconciliationView }): JSX.Element {
  return (
    <Panel title="Orders that rest" note="in each id space of the venue">
      <Table
        caption="Orders by id space"
        rows={view.orders}
        keyOf={({ space }) => space}
        columns={[
          { title: 'space', type: 'text', cell: ({ space }) => space },
          { title: 'ours', type: 'figure', cell: ({ ours }) => ours },
          { title: 'unknown', type: 'figure', cell: ({ unknown }) => unknown },
        ]}
      />
    </Panel>
  )
}

function Doubts({ book, view }: { readonly book: BookView; readonly view: ReconciliationView }): JSX.Element {
  return (
    <>
      <Panel title="Bookings without a fill" note="a later fill replaces the estimate">
        {view.synthetic.length === 0 ? (
          <Empty title="None">Every booking is proven by a fill.</Empty>
        ) : (
          <Table
            caption="Bookings without a fill"
            rows={view.synthetic}
            keyOf={({ tranche, time, kind }) => `${tranche}/${time}/${kind}`}
            columns={syntheticColumns(book)}
          />
        )}
      </Panel>
      {view.unmatched.length > 0 && (
        <Panel title="Closing fills that found nothing to close">
          <ul>
            {view.unmatched.map(({ tradeId, side, quantity, isOrphan }) => (
              <li key={tradeId}>
                fill {tradeId}: {figureText(quantity, book.quantityDecimals)} {side},{' '}
                {isOrphan ? 'given up' : 'waiting'}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

function OnlyNow(): JSX.Element {
  return (
    <Panel title="Equity and last comparison">
      <Empty title="Known now only">
        What the wallet held, and what the venue listed, is not in the log. Esc goes back to now.
      </Empty>
    </Panel>
  )
}

/** Ours beside the venue's. */
export function ReconciliationRoom({ book }: { readonly book: BookView }): JSX.Element {
  const loaded = useResource<ReconciliationView>(pathAt(API_PATHS.reconciliation(book), book))
  return (
    <WhenLoaded loaded={loaded}>
      {(view) => (
        <>
          <PositionPanel book={book} view={view} />
          <RepairPanel book={book} view={view} />
          <div class="columns">
            <OrderSpaces view={view} />
            {view.equity !== null && <EquityPanel equity={view.equity} />}
            {view.equity === null ? <OnlyNow /> : <LastComparisonPanel comparison={view.lastComparison} />}
          </div>
          <Doubts book={book} view={view} />
          <Panel title="Last checks" note="newest first">
            {view.checks.length === 0 ? (
              <Empty title="Never compared">The first comparison with the venue will stand here.</Empty>
            ) : (
              <Table caption="Last checks" rows={view.checks} keyOf={({ version }) => `${version}`} columns={CHECKS} />
            )}
          </Panel>
        </>
      )}
    </WhenLoaded>
  )
}
