import type { JSX } from 'preact'
import type { LastComparison } from '../../src/api/index.js'
import { Age } from '../parts/age.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'

/** The newest complete comparison of the account with its venue. */
export function LastComparisonPanel({ comparison }: { readonly comparison: LastComparison | null }): JSX.Element {
  return (
    <Panel title="Last comparison" note={comparison?.cause ?? null}>
      {comparison === null ? (
        <Empty title="None yet">Comparisons run on start, after gaps and at intervals.</Empty>
      ) : (
        <dl class="pairs">
          <dt>ago</dt>
          <dd>
            <Age since={comparison.time} />
          </dd>
          <dt>symbols</dt>
          <dd class="figure">{comparison.symbols}</dd>
          <dt>orders the venue listed</dt>
          <dd class="figure">{comparison.openOrders}</dd>
          <dt>looked up</dt>
          <dd class="figure">{comparison.lookedUp}</dd>
          <dt>strays cancelled</dt>
          <dd class="figure">{comparison.straysCancelled.length}</dd>
          <dt>differing</dt>
          <dd>{comparison.differing.length === 0 ? 'none' : comparison.differing.join(', ')}</dd>
        </dl>
      )}
    </Panel>
  )
}
