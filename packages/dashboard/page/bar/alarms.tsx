import type { JSX } from 'preact'
import { usePage } from '../parts/page-context.js'

/** Tells screen readers of alarms, and of nothing else. */
export function Alarms(): JSX.Element {
  const page = usePage()
  const { value: account } = page.account.loaded.value
  const unprotected = account?.shield.unprotected ?? []
  const unknown = account?.unknownOrders.length ?? 0
  const alarms = [
    ...unprotected.map(({ symbol, tranche, quantity }) => `${symbol} ${tranche} ${quantity} is unprotected`),
    ...(unknown === 0 ? [] : [`${unknown} orders have an unknown outcome`]),
    ...(account?.health.status === 'halted' ? [account.health.advice] : []),
  ]
  return (
    <div class="hidden" aria-live="assertive" role="alert">
      {alarms.join('. ')}
    </div>
  )
}
