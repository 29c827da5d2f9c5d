import type { JSX } from 'preact'
import type { EquityIdentity } from '../../src/api/index.js'
import { Figure, Gain } from '../parts/figure.js'
import { Panel } from '../parts/panel.js'

/** Venues round each profit and fee: less than half a cent of that is nothing to look into. */
function roundedAway(amount: string | null): string | null {
  return amount !== null && /^-?0\.00[0-4]/.test(amount) ? '0' : amount
}

/** What the wallet holds beside what the books say they earned. */
export function EquityPanel({ equity }: { readonly equity: EquityIdentity }): JSX.Element {
  const { wallet, booked, unrealized, asset } = equity
  return (
    <Panel title="Equity" note="wallet − baseline = realized − fees + funding">
      <dl class="pairs">
        <dt>wallet</dt>
        <dd>
          <Figure text={wallet} decimals={2} /> <span class="unit">{asset}</span>
        </dd>
        <dt>booked by all books</dt>
        <dd>
          <Gain text={booked} /> <span class="unit">{asset}</span>
        </dd>
        <dt>unrealized</dt>
        <dd>
          <Gain text={unrealized} /> <span class="unit">{asset}</span>
        </dd>
        <dt>equity</dt>
        <dd>
          <Figure text={equity.equity} decimals={2} /> <span class="unit">{asset}</span>
        </dd>
        <dt>unexplained since the baseline</dt>
        <dd>
          <Gain text={roundedAway(equity.difference)} /> <span class="unit">{asset}</span>
          {equity.isAlarm && <strong> above the tolerance twice in a row</strong>}
        </dd>
      </dl>
    </Panel>
  )
}
