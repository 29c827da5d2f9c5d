import { useSignal } from '@preact/signals'
import { figureText, formatClock, formatDay } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { BookView, OrderView } from '../../src/api/index.js'
import { Figure } from '../parts/figure.js'
import { usePage } from '../parts/page-context.js'
import { OUTCOMES, purposeText, tailOf } from './order-words.js'

const COLUMNS = ['for', 'order', 'outcome', 'terms', 'quantity', 'filled', 'intended'] as const
const FIGURES: ReadonlySet<string> = new Set(['terms', 'quantity', 'filled', 'intended'])

interface OrderProps {
  readonly order: OrderView
  readonly book: BookView
}

function Terms({ order, book }: OrderProps): JSX.Element {
  const { orderSide, side, orderType, price, triggerPrice } = order
  const words = `${orderSide} ${side} ${orderType}`.toLowerCase().replaceAll('_', ' ')
  return (
    <>
      {words}
      {price !== null && ' '}
      {price !== null && <Figure text={price} decimals={book.priceDecimals} />}
      {triggerPrice !== null && ' at '}
      {triggerPrice !== null && <Figure text={triggerPrice} decimals={book.priceDecimals} />}
    </>
  )
}

function Steps({ order, book }: OrderProps): JSX.Element {
  return (
    <div class="order-steps">
      <p class="quiet">
        {order.clientOrderId}
        {order.venueOrderId === null ? '' : ` · venue ${order.venueOrderId}`} · because of {order.reason}
      </p>
      <ol class="story">
        {order.steps.map(({ version, time, sentence, why }) => (
          <li key={version}>
            <time>{formatClock(time)}</time>
            <span>
              {sentence}
              {why !== null && <em>{why}</em>}
            </span>
          </li>
        ))}
        {order.fills.map(({ tradeId, time, quantity, price, fee, feeAsset }) => (
          <li key={tradeId}>
            <time>{formatClock(time)}</time>
            <span>
              fill {tradeId}: {figureText(quantity, book.quantityDecimals)} @ {figureText(price, book.priceDecimals)},
              fee {figureText(fee, 4)} {feeAsset}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function OrderRow({ order, book }: OrderProps): JSX.Element {
  const page = usePage()
  const isUnfolded = useSignal(order.outcome === 'unknown')
  const { outcome, clientOrderId, quantity, filled, intendedTime, allocation, nextStep } = order
  const { sign, words } = OUTCOMES[outcome]
  const tranches = allocation.map(({ tranche }) => tranche)
  const isChosen = page.chosen.value !== null && tranches.includes(page.chosen.value)
  return (
    <>
      <tr
        class={`row ${isChosen ? 'is-chosen' : ''} ${outcome === 'unknown' ? 'alarm-row' : ''}`}
        onMouseEnter={() => {
          page.chosen.value = tranches.length === 1 ? (tranches[0] ?? null) : null
        }}
        onMouseLeave={() => {
          page.chosen.value = null
        }}
      >
        <td>
          <button
            type="button"
            class="unfold"
            aria-expanded={isUnfolded.value}
            onClick={() => {
              isUnfolded.value = !isUnfolded.value
            }}
          >
            <span aria-hidden="true">{isUnfolded.value ? '▾' : '▸'}</span> {purposeText(order)}
          </button>{' '}
          <span class="quiet">{tranches.join(', ')}</span>
        </td>
        <td class="quiet">{tailOf(clientOrderId)}</td>
        <td>
          <span aria-hidden="true">{sign}</span> {words}
          {nextStep !== null && <small>{nextStep}</small>}
        </td>
        <td class="figure">
          <Terms order={order} book={book} />
        </td>
        <td class="figure">
          {quantity === null ? 'all' : <Figure text={quantity} decimals={book.quantityDecimals} />}
        </td>
        <td class="figure">
          <Figure text={filled} decimals={book.quantityDecimals} />
        </td>
        <td class="figure">
          <time title={`${formatDay(intendedTime)} UTC`}>{formatClock(intendedTime)}</time>
        </td>
      </tr>
      {isUnfolded.value && (
        <tr class="opened">
          <td colSpan={COLUMNS.length}>
            <Steps order={order} book={book} />
          </td>
        </tr>
      )}
    </>
  )
}

/** Orders, one row each: what it was for, what became of it; a row opens to tell all of it. */
export function OrderTable({
  orders,
  book,
  caption,
}: {
  readonly orders: readonly OrderView[]
  readonly book: BookView
  readonly caption: string
}): JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
      <table class="orders">
        <thead>
          <tr>
            {COLUMNS.map((title) => (
              <th key={title} scope="col" class={FIGURES.has(title) ? 'figure' : 'text'}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <OrderRow key={order.clientOrderId} order={order} book={book} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
