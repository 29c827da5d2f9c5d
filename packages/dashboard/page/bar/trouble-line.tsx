import type { JSX } from 'preact'
import type { HealthView } from '../../src/api/index.js'
import { steadyDuration } from '../parts/age.js'
import { usePage } from '../parts/page-context.js'
import { formatRoute } from '../state/route.js'

function Reason({ health }: { readonly health: HealthView }): JSX.Element | null {
  const [reason, ...others] = health.reasons
  if (reason === undefined) return null
  return (
    <span class={reason.level === 'halted' ? 'alarm' : 'notice'}>
      {reason.message}. {reason.advice}
      {others.length > 0 && <a href={formatRoute({ type: 'health' })}> And {others.length} more</a>}
    </span>
  )
}

/** What keeps the books from trading, and whether the page hears its server; nothing where all is well. */
export function TroubleLine({ health }: { readonly health: HealthView }): JSX.Element | null {
  const page = usePage()
  const { value: connection } = page.connection
  if (connection.type !== 'lost' && health.reasons.length === 0) return null
  return (
    <p class="trouble-line">
      {connection.type === 'lost' && (
        <span class="stale-note" role="status">
          no connection for {steadyDuration(Math.max(0, page.now.value - connection.since))}, trying again: what is
          shown is as old
        </span>
      )}
      <Reason health={health} />
    </p>
  )
}
