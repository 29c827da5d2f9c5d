import type { JSX } from 'preact'
import { API_PATHS, type BookView, type OrderListView, type OrderView } from '../../src/api/index.js'
import { WhenLoaded } from '../parts/loaded.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { useResource } from '../parts/use-resource.js'
import { pathAt } from '../state/path-at.js'
import { OrderTable } from './order-table.js'

interface Section {
  readonly title: string
  readonly orders: readonly OrderView[]
}

/** Orders by what they need: a look, patience, nothing. */
function orderSections(orders: readonly OrderView[]): readonly Section[] {
  const unknown = orders.filter(({ outcome }) => outcome === 'unknown')
  const open = orders.filter(({ outcome }) => outcome === 'open')
  const ended = orders.filter(({ outcome }) => outcome !== 'unknown' && outcome !== 'open')
  return [
    { title: 'Unknown', orders: unknown },
    { title: 'Open', orders: open },
    { title: 'Ended', orders: ended },
  ].filter((section) => section.orders.length > 0)
}

/** Every order from its intent to its end, unknown ones first. */
export function OrderRoom({ book }: { readonly book: BookView }): JSX.Element {
  const orders = useResource<OrderListView>(pathAt(API_PATHS.orders(book), book))
  return (
    <WhenLoaded loaded={orders}>
      {(list) => (
        <>
          {list.orders.length === 0 && (
            <Empty title="No order yet">Intents stand here before they are sent; what becomes of them follows.</Empty>
          )}
          {orderSections(list.orders).map(({ title, orders: section }) => (
            <Panel key={title} title={title} note={`${section.length}`}>
              <OrderTable orders={section} book={book} caption={`${title} orders`} />
            </Panel>
          ))}
          {list.olderCount > 0 && <p class="quiet">{list.olderCount} older orders: the timeline has them.</p>}
        </>
      )}
    </WhenLoaded>
  )
}
