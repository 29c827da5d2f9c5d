import { figureText } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { HealthDetail } from '../../src/api/index.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'

type Window = NonNullable<HealthDetail['budget']>['weight']

const SECOND_MS = 1000
const ALL_PERCENT = 100
const NEARLY = 0.8

function Row({ title, window }: { readonly title: string; readonly window: Window }): JSX.Element {
  const { used, limit, windowMs } = window
  const isNearlySpent = used >= limit * NEARLY
  return (
    <>
      <dt>
        {title} in {windowMs / SECOND_MS} s
      </dt>
      <dd>
        <span class={isNearlySpent ? 'spent alarm' : 'spent'} aria-hidden="true">
          <span style={{ width: `${Math.min(1, used / limit) * ALL_PERCENT}%` }} />
        </span>
        <span class={isNearlySpent ? 'figure alarm' : 'figure'}>
          {figureText(`${used}`)} / {figureText(`${limit}`)}
        </span>
      </dd>
    </>
  )
}

/** What the venue still takes: how much is asked of it, and how many orders are sent. */
export function BudgetPanel({ budget }: { readonly budget: HealthDetail['budget'] }): JSX.Element {
  if (budget === null)
    return (
      <Panel title="Requests">
        <Empty title="Not limited">This venue takes any number of requests, or none is asked.</Empty>
      </Panel>
    )
  const { weight, ordersPerTenSeconds, ordersPerMinute, reservedShare } = budget
  return (
    <Panel title="Requests" note={`${Math.round(reservedShare * ALL_PERCENT)} % of each is kept for protection`}>
      <dl class="pairs">
        <Row title="weight" window={weight} />
        <Row title="orders" window={ordersPerTenSeconds} />
        <Row title="orders" window={ordersPerMinute} />
      </dl>
    </Panel>
  )
}
