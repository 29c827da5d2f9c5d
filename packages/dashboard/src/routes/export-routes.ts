import { API_PATHS, EXPORT_FORMATS, EXPORT_TABLES, type ExportFormat, type ExportTable } from '../api/paths.js'
import { eventTable, fillTable } from '../export/log-tables.js'
import type { Table } from '../export/table.js'
import { trancheTable } from '../export/tranche-table.js'
import { writeCsv } from '../export/write-csv.js'
import { writeIncident } from '../export/write-incident.js'
import { writeJson } from '../export/write-json.js'
import { writeParquet } from '../export/write-parquet.js'
import { lookAtAll, lookAtVersion, type ReadContext } from '../read/read-context.js'
import { RequestError } from '../request-error.js'
import type { Answer } from '../server/answer.js'
import { wholeOf } from '../server/read-request.js'
import type { Call, Route } from '../server/route-table.js'
import type { Looking } from '../view/looking.js'
import { placeOf } from './book-routes.js'

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

function chunksOf(format: ExportFormat, table: Table): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case 'csv':
      return writeCsv(table)
    case 'json':
      return writeJson(table)
    case 'parquet':
      return writeParquet(table)
  }
}

async function wantedBooks(context: ReadContext, { query }: Call): Promise<readonly Looking[]> {
  const [account, symbol] = [query.get('account'), query.get('symbol')]
  const found = (await lookAtAll(context)).filter(
    ({ fold: { book } }) => (account ?? book.account) === book.account && (symbol ?? book.symbol) === book.symbol,
  )
  if (found.length > 0 || (account === null && symbol === null)) return found
  throw new RequestError('dashboard.unknown-book', `no book ${account ?? '*'}/${symbol ?? '*'} is in this log`, {
    status: 404,
    advice: 'leave account and symbol away to export everything',
  })
}

async function tableOf(context: ReadContext, table: ExportTable, call: Call): Promise<Table> {
  const books = await wantedBooks(context, call)
  if (table === 'tranches') return trancheTable(books)
  const wanted = new Set(books.map(({ fold: { book } }) => `${book.account}/${book.symbol}`))
  const { store } = context.source
  return table === 'fills' ? fillTable(store, wanted) : eventTable(store, wanted)
}

/** Names of files hold nothing that a file system or a header could trip over. */
function fileName(...parts: readonly (string | number)[]): string {
  return `tranchebook-${parts.join('-')}`.replaceAll(/[^\w.-]/g, '_')
}

function exportRoute(context: ReadContext, table: ExportTable, format: ExportFormat): Route {
  return {
    method: 'GET',
    path: API_PATHS.export(table, format),
    answer: async (call): Promise<Answer> => ({
      type: 'file',
      contentType: CONTENT_TYPES[format],
      name: fileName(call.query.get('symbol') ?? context.source.title, `${table}.${format}`),
      chunks: chunksOf(format, await tableOf(context, table, call)),
    }),
  }
}

function incidentRoute(context: ReadContext): Route {
  return {
    method: 'GET',
    path: '/api/books/:account/:symbol/incident.jsonl',
    answer: async (call) => {
      const place = placeOf(call)
      const stream = `${place.account}/${place.symbol}`
      const { store } = context.source
      const until = wholeOf(call.query, 'until')
      const { looking } = await lookAtVersion(context, place, until)
      // Of a book that does not fold, the event at fault and what follows it belong to the incident.
      const newest = until === null && looking.fold.fault !== null ? await store.streamHead(stream) : null
      const version = newest?.version ?? looking.fold.book.version
      return {
        type: 'file',
        contentType: 'application/jsonl; charset=utf-8',
        name: fileName(place.account, place.symbol, `${version}.jsonl`),
        chunks: writeIncident(store, stream, version),
      }
    },
  }
}

/** Files to take along. */
export function exportRoutes(context: ReadContext): readonly Route[] {
  const tables = EXPORT_TABLES.flatMap((table) => EXPORT_FORMATS.map((format) => exportRoute(context, table, format)))
  return [...tables, incidentRoute(context)]
}
