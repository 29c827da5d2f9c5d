import { formatDuration } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { AnalyticsView } from '../../src/api/index.js'
import { Figure, Gain, Percent } from '../parts/figure.js'
import { Panel } from '../parts/panel.js'

/** How finished tranches ended. */
export function TradePanel({ view }: { readonly view: AnalyticsView }): JSX.Element {
  const { gross, net, averageHeldMs } = view.trades
  const figures = net ?? gross
  return (
    <Panel title="Finished tranches" note={net === null ? 'gross: some fees are unknown' : 'net of fees and funding'}>
      <dl class="pairs">
        <dt>finished</dt>
        <dd class="figure">{figures.trades}</dd>
        <dt>won / lost / even</dt>
        <dd class="figure">
          {figures.wins} / {figures.losses} / {figures.even}
        </dd>
        <dt>win rate</dt>
        <dd>
          <Percent text={figures.winRatePercent} />
        </dd>
        <dt>profit factor</dt>
        <dd>
          <Figure text={figures.profitFactor} decimals={2} />
        </dd>
        <dt>average win</dt>
        <dd>
          <Gain text={figures.averageWin} />
        </dd>
        <dt>average loss</dt>
        <dd>
          <Gain text={figures.averageLoss} />
        </dd>
        <dt>expectancy</dt>
        <dd>
          <Gain text={figures.expectancy} />
        </dd>
        <dt>held on average</dt>
        <dd class="figure">{averageHeldMs === null ? '–' : formatDuration(averageHeldMs)}</dd>
        <dt>best / worst</dt>
        <dd>
          <Gain text={figures.best} /> / <Gain text={figures.worst} />
        </dd>
      </dl>
    </Panel>
  )
}
