import type { JSX } from 'preact'
import { usePage } from '../parts/page-context.js'

/** Between a fill and its stop a tranche is unprotected for a moment: that is shown, but no alarm. */
const LASTING_MS = 1000

/** Tells screen readers of alarms, and of nothing else. */
export function Alarms(): JSX.Element {
  const page = usePage()
  const { value: account } = page.account.loaded.value
  const unprotected = account?.shield.unprotected ?? []
  const lasting = unprotected.filter(({ since }) => since !== null && page.now.value - since >= LASTING_MS)
  const unknown = account?.unknownOrders.length ?? 0
  const alarms = [
    ...lasting.map(({ symbol, tranche, quantity }) => `${symbol} ${tranche} ${quantity} is unprotected`),
    ...(unknown === 0 ? [] : [`${unknown} orders have an unknown outcome`]),
    ...(account?.health.status === 'halted' ? [account.health.advice] : []),
  ]
  return (
    <div class="hidden" aria-live="assertive" role="alert">
      {alarms.join('. ')}
    </div>
  )
}
