import type { JSX } from 'preact'
import type { AccountView } from '../../src/api/index.js'
import { Age } from '../parts/age.js'
import { Figure } from '../parts/figure.js'
import { Panel } from '../parts/panel.js'

/** Streams, lease and money of the account. */
export function AccountPanel({ account }: { readonly account: AccountView }): JSX.Element {
  return (
    <Panel title="Account" note={account.accounts.join(', ')}>
      <dl class="pairs">
        <dt>last price</dt>
        <dd>
          <Age since={account.lastPriceTime} />
        </dd>
        <dt>last word of the account stream</dt>
        <dd>
          <Age since={account.lastAccountTime} />
        </dd>
        <dt>may send</dt>
        <dd>{account.sending ?? '–'}</dd>
        <dt>lease epoch</dt>
        <dd class="figure">{account.leaseEpoch ?? '–'}</dd>
        <dt>unknown orders</dt>
        <dd class="figure">{account.unknownOrders.length}</dd>
        <dt>books, of them paused</dt>
        <dd class="figure">
          {account.books}, {account.pausedBooks}
        </dd>
        <dt>open tranches, of them isolated</dt>
        <dd class="figure">
          {account.openTranches}, {account.isolatedTranches}
        </dd>
        <dt>equity</dt>
        <dd>
          <Figure text={account.equity} decimals={2} />
        </dd>
        <dt>margin used</dt>
        <dd>
          <Figure text={account.marginUsed} decimals={2} />
        </dd>
      </dl>
    </Panel>
  )
}
