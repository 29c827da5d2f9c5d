import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Anchor, LogEvent, LogHead, ReadOptions, StoredEvent, StreamHead } from '../event-store.js'
import { type Decode, unreadable } from '../log/decode-event.js'
import type { EventRecord } from '../log/event-record.js'
import type { StoreTables } from '../schema/tables.js'
import { parseEvents, parseRecord, parseRows, parseStored, type Row } from './parse-rows.js'

type Db = Kysely<StoreTables>

/** Events the server joins into one text: more would leave its caches and ours. */
const BATCH = 2000
const NO_END = Number.MAX_SAFE_INTEGER

/** Which events: of a stream by version, or of the log by position. */
interface Range {
  readonly stream: string | null
  readonly after: number
  readonly until: number
  readonly limit: number
}

/** Columns of events, of the log and of the archive in one order; each side is an index scan of the range. */
function rangeOf({ stream, after, until, limit }: Range, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const key = stream === null ? sql.ref('position') : sql.ref('version')
  const own = stream === null ? sql`true` : sql`stream_id = ${stream}`
  const side = (table: 'tranche_events' | 'tranche_archive'): RawBuilder<unknown> =>
    sql`(SELECT ${columns} FROM ${sql.table(table)} WHERE ${own} AND ${key} > ${after} AND ${key} <= ${until}
      ORDER BY ${key} LIMIT ${limit})`
  return sql`(${side('tranche_events')} UNION ALL ${side('tranche_archive')} ORDER BY ${key} LIMIT ${limit})`
}

async function textOf(db: Db, query: RawBuilder<{ readonly text: string | null }>): Promise<string | null> {
  const { rows } = await query.execute(db)
  return rows[0]?.text ?? null
}

/** The server joins a batch into one text: one row, one parse. */
async function readRows(db: Db, range: Range, data: RawBuilder<unknown>): Promise<readonly Row[]> {
  const row = sql`concat('[', e.position, ',', to_json(e.stream_id), ',', e.version, ',', to_json(e.event_id), ',',
    e.recorded_time, ',', coalesce(e.epoch::text, 'null'), ',"', encode(e.hash, 'hex'), '",', ${data}, ']')`
  const text = await textOf(db, sql`SELECT string_agg(${row}, ',') AS text FROM ${rangeOf(range, sql`*`)} e`)
  return text === null ? [] : parseRows(text)
}

const DECODED = sql`e.data::text, ',', coalesce(e.metadata::text, 'null')`
const EXACT = sql`to_json(e.data::text), ',', coalesce(to_json(e.metadata::text)::text, 'null'), ',', to_json(e.type), ',',
  e.schema_version, ',', coalesce(to_json(e.tranche_id)::text, 'null'), ',', e.event_time`

/** Pages through a range while the next page is already being fetched. */
async function* pages<Page>(
  fetchPage: (after: number) => Promise<Page>,
  nextAfter: (page: Page) => number | null,
  start: number,
): AsyncGenerator<Page, void, undefined> {
  let pending: Promise<Page> | null = fetchPage(start)
  while (pending !== null) {
    const page: Page = await pending
    const after = nextAfter(page)
    pending = after === null ? null : fetchPage(after)
    pending?.catch(() => undefined)
    yield page
  }
}

function lastKey(rows: readonly Row[], stream: string | null, limit: number): number | null {
  const last = rows.at(-1)
  if (last === undefined || rows.length < limit) return null
  return stream === null ? last[0] : last[2]
}

/** Reads of the log that fetch the next batch while this one is used. */
export class LogReader<Event extends LogEvent> {
  private readonly db: Db
  private readonly decode: Decode<Event>

  constructor(db: Db, decode: Decode<Event>) {
    this.db = db
    this.decode = decode
  }

  /** One batch of the log by position, for subscriptions. */
  async readBatch(after: number, limit: number): Promise<readonly StoredEvent<Event>[]> {
    const rows = await readRows(this.db, { stream: null, after, until: NO_END, limit }, DECODED)
    return rows.map((row) => parseStored(row, this.decode))
  }

  async *read(
    stream: string | null,
    { after = 0, until = NO_END }: ReadOptions,
  ): AsyncGenerator<StoredEvent<Event>, void, undefined> {
    const fetchPage = async (from: number): Promise<readonly Row[]> =>
      readRows(this.db, { stream, after: from, until, limit: BATCH }, DECODED)
    for await (const rows of pages(fetchPage, (page) => lastKey(page, stream, BATCH), after)) {
      for (const row of rows) yield parseStored(row, this.decode)
    }
  }

  async *records(until: number): AsyncGenerator<EventRecord, void, undefined> {
    const fetchPage = async (after: number): Promise<readonly Row[]> =>
      readRows(this.db, { stream: null, after, until, limit: BATCH }, EXACT)
    for await (const rows of pages(fetchPage, (page) => lastKey(page, null, BATCH), 0)) {
      for (const row of rows) yield parseRecord(row)
    }
  }

  /** Only the events, joined by the server, decoded one by one. */
  async *replay(
    stream: string,
    { after = 0, until = NO_END }: ReadOptions,
  ): AsyncGenerator<readonly Event[], void, undefined> {
    const fetchPage = async (from: number): Promise<readonly unknown[]> => {
      const range = rangeOf({ stream, after: from, until, limit: BATCH }, sql`version, data`)
      const text = await textOf(this.db, sql`SELECT string_agg(e.data::text, ',') AS text FROM ${range} e`)
      return text === null ? [] : parseEvents(text)
    }
    let version = after
    const nextAfter = (page: readonly unknown[]): number | null => {
      version += page.length
      return page.length < BATCH ? null : version
    }
    let before = after
    for await (const page of pages(fetchPage, nextAfter, after)) {
      if (page.length > 0) yield this.decodePage(page, stream, before)
      before += page.length
    }
  }

  /** One object tells all events of a page where they stand. */
  private decodePage(page: readonly unknown[], stream: string, before: number): Event[] {
    const place = { stream, version: before }
    try {
      return page.map((json) => {
        place.version += 1
        return this.decode(json, place)
      })
    } catch (cause) {
      throw unreadable({ ...place }, cause)
    }
  }
}

/** Which log this is and how far it goes. */
export async function readLogHead(db: Db): Promise<LogHead> {
  const { log_id: logId, position } = await db.selectFrom('tranche_log').selectAll().executeTakeFirstOrThrow()
  return { logId, position: Number(position) }
}

interface HeadRow {
  readonly stream_id: string
  readonly version: string
  readonly position: string
  readonly hash: string
}

const toHead = ({ stream_id: stream, version, position, hash }: HeadRow): StreamHead => ({
  stream,
  version: Number(version),
  position: Number(position),
  hash,
})

const HASH_TEXT = sql<string>`encode(hash, 'hex')`.as('hash')

/** Where a stream ends. */
export async function readStreamHead(db: Db, stream: string): Promise<StreamHead | null> {
  const columns = ['stream_id', 'version', 'position', HASH_TEXT] as const
  const row = await db.selectFrom('tranche_streams').select(columns).where('stream_id', '=', stream).executeTakeFirst()
  return row === undefined ? null : toHead(row)
}

/** Heads of the log and of all streams, from one statement and so of one moment. */
export async function readAnchor(db: Db): Promise<Anchor> {
  const rows = await db
    .selectFrom('tranche_log as l')
    .leftJoin('tranche_streams as s', (join) => join.onTrue())
    .select(['l.log_id', 'l.position as end', 's.stream_id', 's.version', 's.position'])
    .select(sql<string | null>`encode(s.hash, 'hex')`.as('hash'))
    .orderBy('s.stream_id')
    .execute()
  const streams = rows.flatMap(({ stream_id, version, position, hash }) =>
    stream_id === null || version === null || position === null || hash === null
      ? []
      : [toHead({ stream_id, version, position, hash })],
  )
  return { logId: rows[0]?.log_id ?? '', position: Number(rows[0]?.end ?? 0), streams }
}
