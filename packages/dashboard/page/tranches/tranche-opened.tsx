import { figureText, formatClock, formatDay } from '@tranchebook/core'
import type { JSX } from 'preact'
import { API_PATHS, type BookView, type TrancheDetail, type TrancheRow } from '../../src/api/index.js'
import { OrderTable } from '../orders/order-table.js'
import { Figure, Gain } from '../parts/figure.js'
import { WhenLoaded } from '../parts/loaded.js'
import { usePage } from '../parts/page-context.js'
import { Table, type Column } from '../parts/table.js'
import { useResource } from '../parts/use-resource.js'
import { TrancheTools } from './tranche-tools.js'

type Reduction = TrancheRow['reductions'][number]

function reductionColumns({ priceDecimals, quantityDecimals }: BookView): readonly Column<Reduction>[] {
  return [
    { title: 'time', type: 'text', cell: ({ time }) => `${formatDay(time)} ${formatClock(time)}` },
    {
      title: 'quantity',
      type: 'figure',
      cell: ({ quantity }) => <Figure text={quantity} decimals={quantityDecimals} />,
    },
    { title: 'price', type: 'figure', cell: ({ price }) => <Figure text={price} decimals={priceDecimals} /> },
    { title: 'realized', type: 'figure', cell: ({ realizedPnl }) => <Gain text={realizedPnl} /> },
    { title: 'fee', type: 'figure', cell: ({ fee, feeAsset }) => `${figureText(fee, 4)} ${feeAsset ?? ''}` },
    { title: 'reason', type: 'text', cell: ({ reason }) => reason },
    {
      title: 'proof',
      type: 'text',
      cell: ({ evidence, tradeId }) => (tradeId === null ? evidence : `fill ${tradeId}`),
    },
  ]
}

function Story({ detail, until }: { readonly detail: TrancheDetail; readonly until: number }): JSX.Element {
  const lines = detail.lines.filter(({ time }) => time <= until)
  return (
    <ol class="story">
      <li>
        <strong>{detail.title}</strong>
      </li>
      {lines.map(({ time, what, amount, why }, index) => (
        <li key={index}>
          <time>{formatClock(time)}</time>
          <span>
            {what}
            {why !== null && <em>{why}</em>}
          </span>
          <span class={amount?.startsWith('−') === true ? 'figure loss' : 'figure gain'}>{amount}</span>
        </li>
      ))}
      {lines.length === detail.lines.length && (
        <li>
          <span>{detail.summary}</span>
        </li>
      )}
    </ol>
  )
}

/** An opened row: what happened and why, what was closed, the orders that stood for it, what can be done. */
export function TrancheOpened({ book, row }: { readonly book: BookView; readonly row: TrancheRow }): JSX.Element {
  const page = usePage()
  const detail = useResource<TrancheDetail>(API_PATHS.tranche(book, row.id))
  const canAct = page.account.loaded.value.value?.isReadOnly === false && !book.isPast && row.exitTime === null
  return (
    <div class="opened-tranche">
      {canAct && <TrancheTools book={book} row={row} />}
      {row.waitsFor !== null && <p class="notice">Waits: {row.waitsFor}</p>}
      <WhenLoaded loaded={detail}>
        {(value) => (
          <>
            <h3>Why</h3>
            <Story detail={value} until={book.isPast ? book.time : Infinity} />
            {row.reductions.length > 0 && (
              <>
                <h3>Closed so far</h3>
                <Table
                  caption={`Parts of ${row.id} that were closed`}
                  columns={reductionColumns(book)}
                  rows={row.reductions}
                  keyOf={({ time, tradeId }, index) => `${time}/${tradeId}/${index}`}
                />
              </>
            )}
            {value.orders.length > 0 && !book.isPast && (
              <>
                <h3>Orders</h3>
                <OrderTable orders={value.orders} book={book} caption={`Orders of ${row.id}`} />
              </>
            )}
          </>
        )}
      </WhenLoaded>
    </div>
  )
}
