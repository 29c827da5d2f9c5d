import type { JSX } from 'preact'
import type { BookView } from '../src/api/index.js'
import { ActionDialog } from './actions/action-dialog.js'
import { AnalyticsRoom } from './analytics/analytics-room.js'
import { Alarms } from './bar/alarms.js'
import { TopBar } from './bar/top-bar.js'
import { BookHead } from './book/book-head.js'
import { BookRoom } from './book/book-room.js'
import { HealthRoom } from './health/health-room.js'
import { HelpDialog } from './help-dialog.js'
import { Home } from './home.js'
import { NewsList } from './news/news-list.js'
import { OrderRoom } from './orders/order-room.js'
import { WhenLoaded } from './parts/loaded.js'
import { Problem } from './parts/notice.js'
import { PageContext, usePage } from './parts/page-context.js'
import { BookRail } from './rail/book-rail.js'
import { ReconciliationRoom } from './reconciliation/reconciliation-room.js'
import { SettingsRoom } from './settings/settings-room.js'
import type { PageState } from './state/page-state.js'
import type { BookRoom as Room } from './state/route.js'
import { PastBanner } from './timeline/past-banner.js'
import { TimeSlider } from './timeline/time-slider.js'
import { TimelineRoom } from './timeline/timeline-room.js'

function RoomOf({ room, book }: { readonly room: Room; readonly book: BookView }): JSX.Element {
  switch (room) {
    case 'book':
      return <BookRoom book={book} />
    case 'timeline':
      return <TimelineRoom book={book} />
    case 'orders':
      return <OrderRoom book={book} />
    case 'reconciliation':
      return <ReconciliationRoom book={book} />
    case 'analytics':
      return <AnalyticsRoom book={book} />
    case 'settings':
      return <SettingsRoom book={book} />
  }
}

function Book({ room }: { readonly room: Room }): JSX.Element {
  const page = usePage()
  return (
    <WhenLoaded loaded={page.book.loaded.value}>
      {(book) => (
        <>
          <BookHead book={book} />
          <PastBanner book={book} />
          {book.newestVersion > 1 && <TimeSlider book={book} />}
          <RoomOf key={`${book.account}/${book.symbol}/${room}`} room={room} book={book} />
        </>
      )}
    </WhenLoaded>
  )
}

function Main(): JSX.Element {
  const page = usePage()
  const { value: route } = page.route
  switch (route.type) {
    case 'home':
      return <Home />
    case 'health':
      return <HealthRoom />
    case 'book':
      return <Book room={route.room} />
  }
}

function Dialogs(): JSX.Element {
  const page = usePage()
  const { value: action } = page.action
  return (
    <>
      {action !== null && <ActionDialog action={action} />}
      {page.isHelpOpen.value && <HelpDialog />}
    </>
  )
}

/** The whole page. */
export function Page({ state }: { readonly state: PageState }): JSX.Element {
  const isLost = state.isLost.value
  const { value: locked } = state.locked
  return (
    <PageContext.Provider value={state}>
      <div class={isLost ? 'shell is-stale' : 'shell'}>
        <TopBar />
        <BookRail />
        <main>
          {locked !== null && <Problem problem={locked} />}
          <Main />
        </main>
        <Alarms />
        <NewsList />
        <Dialogs />
      </div>
    </PageContext.Provider>
  )
}
