import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import {
  API_PATHS,
  type AccountView,
  type Action,
  type BookListView,
  type BookPlace,
  type BookView,
  type ProblemView,
  type RecordedMessage,
  type TimelineView,
} from '../../src/api/index.js'
import { newsOf, type News, withNews } from '../news/news.js'
import type { ApiClient } from './api-client.js'
import { priceBook, priceBooks } from './apply-prices.js'
import { LiveStream, type Connection } from './live-stream.js'
import { Resource } from './resource.js'
import { formatRoute, parseRoute, type BookRoom, type Route } from './route.js'

const TICK_MS = 1000
const PATIENCE_MS = 4000
const LIST_PAUSE_MS = 200
const NEWS_MS = 8000
const NO_SESSION = 'dashboard.no-session'

/** Events shown beyond the one that is looked at. */
const BEYOND = 50

/** The newest events, or those around a version of the past. */
function timelinePath(place: BookPlace, version: number | null): string {
  const newest = `${API_PATHS.timeline(place)}?limit=200`
  return version === null ? newest : `${newest}&before=${version + BEYOND}`
}

/** Everything the page knows. Components read its signals; the server and the keyboard write them. */
export class PageState {
  readonly client: ApiClient
  readonly account: Resource<AccountView>
  readonly books: Resource<BookListView>
  readonly book: Resource<BookView>
  readonly timeline: Resource<TimelineView>
  readonly route: Signal<Route>
  /** Its times are the venue's. */
  readonly connection: Signal<Connection> = signal({ type: 'connecting' })
  /** Whether nothing is heard of the process: what it last said of protection may hold no more. */
  readonly isLost: ReadonlySignal<boolean> = computed(() => this.connection.value.type === 'lost')
  /** Tranche that is pointed at anywhere; all rooms show it. */
  readonly chosen: Signal<string | null> = signal(null)
  /** What is about to be done and awaits confirmation. */
  readonly action: Signal<Action | null> = signal(null)
  /** Why this browser may no longer ask; `null` = it may. */
  readonly locked: Signal<ProblemView | null> = signal(null)
  readonly isHelpOpen: Signal<boolean> = signal(false)
  /** What happened just now in any book, the newest last. */
  readonly news: Signal<readonly News[]> = signal([])
  /** Goes up with every event of the book that is looked at. */
  readonly revision: Signal<number> = signal(0)
  /** The venue's time, to the second. */
  readonly now: Signal<number> = signal(Date.now())
  private offsetMs = 0
  private logId: string | null = null
  private isListDue = false

  constructor(client: ApiClient, hash: string) {
    this.client = client
    this.account = new Resource(client)
    this.books = new Resource(client)
    this.book = new Resource(client)
    this.timeline = new Resource(client)
    this.route = signal(parseRoute(hash))
    this.account.show(API_PATHS.state)
    this.books.show(API_PATHS.books)
  }

  /** Book that is looked at; `null` = none. */
  readonly place: ReadonlySignal<BookPlace | null> = computed(() =>
    this.route.value.type === 'book' ? this.route.value.place : null,
  )

  /** Version of the past that is looked at; `null` = now. */
  readonly version: ReadonlySignal<number | null> = computed(() =>
    this.route.value.type === 'book' ? this.route.value.version : null,
  )

  /** Begins to listen and to follow the address. */
  start(window: Window): void {
    window.addEventListener('hashchange', () => {
      this.route.value = parseRoute(window.location.hash)
    })
    window.setInterval(() => {
      this.now.value = Date.now() + this.offsetMs
    }, TICK_MS)
    effect(() => {
      this.followRoute()
    })
    const stop = effect(() => {
      const account = this.account.loaded.value.value
      if (account === null) return
      queueMicrotask(() => {
        stop()
        this.listen(account)
      })
    })
  }

  go(route: Route): void {
    globalThis.location.hash = formatRoute(route)
  }

  /** Looks at a version of the present book, or at now. From one version to another leaves no trace to go back by. */
  travel(version: number | null): void {
    const { value: route } = this.route
    if (route.type !== 'book' || route.version === version) return
    const there: Route = { ...route, version }
    if (route.version === null || version === null) {
      this.go(there)
      return
    }
    globalThis.history.replaceState(null, '', formatRoute(there))
    this.route.value = there
  }

  openBook(place: BookPlace, room: BookRoom = 'book'): void {
    this.go({ type: 'book', place, room, version: null })
  }

  /** Reads everything anew. */
  refreshAll(): void {
    for (const one of [this.account, this.books, this.book, this.timeline]) one.refresh()
    this.revision.value += 1
  }

  private followRoute(): void {
    const { value: place } = this.place
    const { value: version } = this.version
    if (place === null) {
      this.book.show(null)
      this.timeline.show(null)
      return
    }
    const known = this.book.loaded.peek().value
    const isSame = known?.symbol === place.symbol && known.account === place.account
    const path = API_PATHS.book(place)
    this.book.show(version === null ? path : `${path}?version=${version}`, isSame)
    this.timeline.show(timelinePath(place, version), isSame)
  }

  private listen(account: AccountView): void {
    this.logId = account.logId
    this.take(account)
    const stream = new LiveStream(account.position, {
      onHello: ({ isReset, logId }) => {
        const isOther = isReset || (this.logId !== null && logId !== this.logId)
        this.logId = logId
        if (isOther) this.refreshAll()
      },
      onEvent: (message) => {
        this.noteEvent(message)
      },
      onPrices: (messages) => {
        batch(() => {
          this.book.patch((book) => priceBook(book, messages))
          this.books.patch((list) => priceBooks(list, messages))
        })
      },
      onAccount: (view) => {
        this.take(view)
      },
      isReachable: () => this.isReachable(),
    })
    effect(() => {
      const { value } = stream.connection
      this.connection.value = value.type === 'lost' ? { ...value, since: value.since + this.offsetMs } : value
    })
    stream.start()
  }

  private async isReachable(): Promise<boolean> {
    const answer = await this.client.read<AccountView>(API_PATHS.state, AbortSignal.timeout(PATIENCE_MS))
    this.locked.value = answer.type === 'problem' && answer.problem.code === NO_SESSION ? answer.problem : null
    if (answer.type === 'answer') this.take(answer.value)
    return answer.type === 'answer'
  }

  private take(account: AccountView): void {
    this.offsetMs = account.time - Date.now()
    this.account.patch(() => account)
    this.now.value = account.time
  }

  /** The list waits a moment: what is looked at comes first, and a burst of events is one change of the list. */
  private refreshListSoon(): void {
    if (this.isListDue) return
    this.isListDue = true
    setTimeout(() => {
      this.isListDue = false
      this.books.refresh()
    }, LIST_PAUSE_MS)
  }

  private tellNews(message: RecordedMessage): void {
    const news = newsOf(message, Date.now() + this.offsetMs)
    if (news === null) return
    this.news.value = withNews(this.news.peek(), news)
    setTimeout(() => {
      this.news.value = this.news.peek().filter((one) => one !== news)
    }, NEWS_MS)
  }

  private noteEvent(message: RecordedMessage): void {
    const { account, symbol } = message
    this.tellNews(message)
    this.refreshListSoon()
    const place = this.place.peek()
    if (place?.account !== account || place.symbol !== symbol) return
    if (this.version.peek() === null) this.book.refresh()
    else this.book.patch((book) => ({ ...book, newestVersion: book.newestVersion + 1 }))
    this.timeline.refresh()
    this.revision.value += 1
  }
}
