import { formatRoute } from '../state/route.js'
import type { JSX } from 'preact'
import type { AccountView, ModeBadge, ShieldView } from '../../src/api/index.js'
import { Age, steadyDuration } from '../parts/age.js'
import { usePage } from '../parts/page-context.js'
import { ShieldSign } from '../parts/shield-sign.js'
import { useBarHeight } from '../parts/use-bar-height.js'
import { HealthPill } from './health-pill.js'
import { Switches } from './switches.js'
import { TroubleLine } from './trouble-line.js'

const STALE_PRICE_MS = 15_000

const BADGES: Readonly<Record<ModeBadge, string>> = {
  SIM: 'simulated venue: no keys, no money',
  PAPER: 'paper: real prices, no orders leave',
  DEMO: "the venue's play money",
  LIVE: 'real orders, real money',
  RECORDED: 'a log is looked at; nothing runs',
}

function Shield({ shield }: { readonly shield: ShieldView }): JSX.Element {
  const page = usePage()
  if (page.isLost.value) {
    return (
      <span class="shield notice">
        <ShieldSign isWhole={false} /> protection unknown
      </span>
    )
  }
  const [first, ...others] = shield.unprotected
  if (first === undefined) {
    return shield.protected ? (
      <span class="shield">
        <ShieldSign isWhole /> protected
      </span>
    ) : (
      <span class="shield alarm">
        <ShieldSign isWhole={false} /> unprotected
      </span>
    )
  }
  const age = first.since === null ? '' : ` for ${steadyDuration(page.now.value - first.since)}`
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return (
    <span class="shield alarm">
      <ShieldSign isWhole={false} /> unprotected{age}: {first.symbol} {first.tranche} {first.quantity}
      {more}
    </span>
  )
}

function Facts({ account }: { readonly account: AccountView }): JSX.Element {
  const { openTranches, isolatedTranches, unknownOrders, lastPriceTime, lastAccountTime } = account
  return (
    <dl class="facts">
      <div>
        <dt>tranches</dt>
        <dd>
          {openTranches}
          {isolatedTranches > 0 && `, ${isolatedTranches} isolated`}
        </dd>
      </div>
      <div class={unknownOrders.length > 0 ? 'alarm' : ''}>
        <dt>unknown orders</dt>
        <dd>{unknownOrders.length}</dd>
      </div>
      <div>
        <dt>last price</dt>
        <dd>
          <Age since={lastPriceTime} staleMs={STALE_PRICE_MS} />
        </dd>
      </div>
      <div>
        <dt>account event</dt>
        <dd>
          <Age since={lastAccountTime} />
        </dd>
      </div>
    </dl>
  )
}

/** What is always seen: whose money, how it is, whether it is protected. */
export function TopBar(): JSX.Element {
  const page = usePage()
  const { value: account } = page.account.loaded.value
  const bar = useBarHeight()
  return (
    <header class="top-bar" ref={bar}>
      <a class="brand" href={formatRoute({ type: 'home' })}>
        Tranchebook
      </a>
      {account !== null && (
        <>
          <span class={`badge badge-${account.badge.toLowerCase()}`} title={BADGES[account.badge]}>
            {account.badge}
          </span>
          <span class="account">
            {account.venue === null ? '' : `${account.venue} · `}
            {account.title}
          </span>
          <HealthPill health={account.health} />
          {account.badge !== 'RECORDED' && (
            <>
              <Shield shield={account.shield} />
              <Facts account={account} />
            </>
          )}
          {!account.isReadOnly && <Switches account={account} />}
          <TroubleLine health={account.health} />
        </>
      )}
    </header>
  )
}
