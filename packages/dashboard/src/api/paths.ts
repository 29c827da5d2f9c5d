/** Where a book is, as part of a path. */
export interface BookPlace {
  readonly account: string
  readonly symbol: string
}

function inBook({ account, symbol }: BookPlace, rest = ''): string {
  return `/api/books/${encodeURIComponent(account)}/${encodeURIComponent(symbol)}${rest}`
}

/** What can be exported, and as what. */
export const EXPORT_TABLES = ['tranches', 'fills', 'events'] as const
/** File formats of an export. */
export const EXPORT_FORMATS = ['csv', 'json', 'parquet'] as const

/** A table of an export. */
export type ExportTable = (typeof EXPORT_TABLES)[number]
/** A file format of an export. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Every path of the API. All are GET but `preview` and `act`; see `docs/dashboard-api.md`. */
export const API_PATHS = {
  /** {@link AccountView} */
  state: '/api/state',
  /** {@link BookListView} */
  books: '/api/books',
  /** {@link BookView}; `?version=` for the past. */
  book: (book: BookPlace): string => inBook(book),
  /** {@link TrancheDetail} */
  tranche: (book: BookPlace, tranche: string): string => inBook(book, `/tranches/${encodeURIComponent(tranche)}`),
  /** {@link TimelineView}; `?before=` a version, `?limit=` events. */
  timeline: (book: BookPlace): string => inBook(book, '/timeline'),
  /** {@link OrderListView}; `?version=` for the past. */
  orders: (book: BookPlace): string => inBook(book, '/orders'),
  /** {@link ReconciliationView}; `?version=` for the past. */
  reconciliation: (book: BookPlace): string => inBook(book, '/reconciliation'),
  /** {@link AnalyticsView}; `?version=` for the past. */
  analytics: (book: BookPlace): string => inBook(book, '/analytics'),
  /** {@link CandlesView}; `?interval=` ms, `?from=`, `?to=` epoch ms. */
  candles: (book: BookPlace): string => inBook(book, '/candles'),
  /** {@link SettingsView}; `?version=` for the past. */
  settings: (book: BookPlace): string => inBook(book, '/settings'),
  /** {@link HealthDetail} */
  health: '/api/health',
  /** Server-sent events, see {@link StreamMessages}; `?after=` a position, or the header `Last-Event-ID`. */
  stream: '/api/stream',
  /** POST an {@link Action}, get an {@link ActionPreview}. */
  preview: '/api/actions/preview',
  /** POST an {@link ActionRequest}, get an {@link ActionAnswer}. */
  act: '/api/actions',
  /** A file; `?account=` and `?symbol=` narrow it. */
  export: (table: ExportTable, format: ExportFormat): string => `/api/export/${table}.${format}`,
  /** The log of a book as `tranchebook replay` opens it; `?until=` a version. */
  incident: (book: BookPlace): string => inBook(book, '/incident.jsonl'),
  /** POST with a bearer token, get `{ "url" }` that opens the page once. */
  link: '/api/link',
} as const
