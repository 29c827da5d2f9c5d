import type { JSX } from 'preact'
import { API_PATHS, type AnalyticsView, type BookView } from '../../src/api/index.js'
import { WhenLoaded } from '../parts/loaded.js'
import { useResource } from '../parts/use-resource.js'
import { useSettled } from '../parts/use-settled.js'
import { pathAt } from '../state/path-at.js'
import { EquityCurve } from './equity-curve.js'
import { ExcursionPanel } from './excursion-panel.js'
import { IsolationPanel } from './isolation-panel.js'
import { LevelPanel } from './level-panel.js'
import { ResultPanel } from './result-panel.js'
import { TradePanel } from './trade-panel.js'

/** Results of a long log are dear: the slider must rest before they are read. */
const SETTLE_MS = 250

/** Where the money came from and went, cut every way. */
export function AnalyticsRoom({ book }: { readonly book: BookView }): JSX.Element {
  const loaded = useResource<AnalyticsView>(useSettled(pathAt(API_PATHS.analytics(book), book), SETTLE_MS))
  return (
    <WhenLoaded loaded={loaded}>
      {(view) => (
        <>
          <EquityCurve points={view.equityCurve} quoteAsset={view.quoteAsset} />
          <div class="columns">
            <TradePanel view={view} />
            <LevelPanel view={view} />
          </div>
          <ResultPanel view={view} />
          <IsolationPanel view={view} book={book} />
          <ExcursionPanel view={view} />
        </>
      )}
    </WhenLoaded>
  )
}
