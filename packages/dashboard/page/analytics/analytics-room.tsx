import type { JSX } from 'preact'
import { API_PATHS, type AnalyticsView, type BookView } from '../../src/api/index.js'
import { WhenLoaded } from '../parts/loaded.js'
import { useResource } from '../parts/use-resource.js'
import { EquityCurve } from './equity-curve.js'
import { ExcursionPanel } from './excursion-panel.js'
import { IsolationPanel } from './isolation-panel.js'
import { LevelPanel } from './level-panel.js'
import { ResultPanel } from './result-panel.js'
import { TradePanel } from './trade-panel.js'

/** Where the money came from and went, cut every way. */
export function AnalyticsRoom({ book }: { readonly book: BookView }): JSX.Element {
  const loaded = useResource<AnalyticsView>(API_PATHS.analytics(book))
  return (
    <WhenLoaded loaded={loaded}>
      {(view) => (
        <>
          {book.isPast && <p class="banner notice">Analytics are shown as they are now.</p>}
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
