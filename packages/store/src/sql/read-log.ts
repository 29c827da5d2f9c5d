import { setImmediate } from 'node:timers/promises'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Anchor, LogEvent, LogHead, ReadOptions, StoredEvent, StreamHead } from '../event-store.js'
import { type Decode, unreadable } from '../log/decode-event.js'
import type { EventRecord } from '../log/event-record.js'
import type { StoreTables } from '../schema/tables.js'
import { isOutage } from './is-outage.js'
import { parseEvents, parseRecord, parseRows, parseStored } from './parse-rows.js'

type Db = Kysely<StoreTables>

/** Events the server joins into one text: more would leave its caches and ours. */
const BATCH = 2000
/** So much smaller is the next batch where one could not be read. */
const NARROWER = 8
const NO_END = Number.MAX_SAFE_INTEGER

/** Which events: of a stream by version, or of the log by position. */
interface Range {
  readonly stream: string | null
  readonly after: number
  readonly until: number
  readonly limit: number
}

/**
 * Events, of the log and of the archive in one order; each side is an index scan of the range. Where there are no statistics, two bounds of a
 * position look like few events: each page would read and sort all that follow. So a scan of the log ends by its limit, and what lies behind
 * the range is cut off afterwards.
 */
function rangeOf({ stream, after, until, limit }: Range): RawBuilder<unknown> {
  const key = stream === null ? sql.ref('position') : sql.ref('version')
  const own = stream === null ? sql`true` : sql`stream_id = ${stream} AND version <= ${until}`
  const side = (table: 'tranche_events' | 'tranche_archive'): RawBuilder<unknown> =>
    sql`(SELECT * FROM ${sql.table(table)} WHERE ${own} AND ${key} > ${after}
      ORDER BY ${key} LIMIT ${limit})`
  return sql`(${side('tranche_events')} UNION ALL ${side('tranche_archive')} ORDER BY ${key} LIMIT ${limit})`
}

/** What the server joined into one text: one row, one parse. */
interface Page {
  /** JSON list of the rows. */
  readonly text: string
  readonly count: number
  /** Version or position of the last row. */
  readonly last: number
}

interface PageRow {
  readonly text: string
  readonly count: string
  readonly last: string | null
}

/** A batch of `row`s of a range. */
async function fetchPage(db: Db, range: Range, row: RawBuilder<unknown>): Promise<Page> {
  const key = range.stream === null ? sql.ref('position') : sql.ref('version')
  const { rows } =
    await sql<PageRow>`SELECT concat('[', string_agg(${row}, ','), ']') AS text, count(*) AS count, max(${key}) AS last
    FROM ${rangeOf(range)} e WHERE ${key} <= ${range.until}`.execute(db)
  const [page] = rows
  return { text: page?.text ?? '[]', count: Number(page?.count ?? 0), last: Number(page?.last ?? range.after) }
}

/** Rows that one statement asks for, up to the limit of its range. */
type Portion = Pick<Range, 'after' | 'until'>

/**
 * What comes after a page. Versions are dense, so that the next page of a stream is known by its bounds: without statistics a database may
 * read and sort all it is asked for, which must not be the rest of the stream each time. Where such a page is short, the stream ends, or
 * has a gap: only the rest tells.
 */
function portionAfter({ last: after, count }: Page, asked: Portion, { stream, until, limit }: Range): Portion | null {
  if (count === limit) return { after, until: stream === null ? until : Math.min(until, after + limit) }
  return asked.until < until ? { after, until } : null
}

/** Pages through a range: the next page is asked for before the present one is parsed. */
async function* pages(db: Db, range: Range, row: RawBuilder<unknown>): AsyncGenerator<Page, void, undefined> {
  let portion: Portion | null = range
  let pending = fetchPage(db, range, row)
  while (portion !== null) {
    const page = await pending
    portion = portionAfter(page, portion, range)
    if (portion !== null) {
      pending = fetchPage(db, { ...range, ...portion }, row)
      pending.catch(() => undefined)
      // Only a turn of the event loop sends the question: else it would leave after the present page is parsed.
      await setImmediate()
    }
    if (page.count > 0) yield page
  }
}

const rowOf = (data: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`concat('[', e.position, ',', to_json(e.stream_id), ',', e.version, ',', to_json(e.event_id), ',',
    e.recorded_time, ',', coalesce(e.epoch::text, 'null'), ',"', encode(e.hash, 'hex'), '",', ${data}, ']')`

const DECODED = rowOf(sql`e.data::text, ',', coalesce(e.metadata::text, 'null')`)
const EXACT =
  rowOf(sql`to_json(e.data::text), ',', coalesce(to_json(e.metadata::text)::text, 'null'), ',', to_json(e.type), ',',
  e.schema_version, ',', coalesce(to_json(e.tranche_id)::text, 'null'), ',', e.event_time`)
const ONLY_EVENTS = sql`e.data::text`

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
    const { text } = await fetchPage(this.db, { stream: null, after, until: NO_END, limit }, DECODED)
    return parseRows(text).map((row) => parseStored(row, this.decode))
  }

  async *read(
    stream: string | null,
    { after = 0, until = NO_END }: ReadOptions,
  ): AsyncGenerator<StoredEvent<Event>, void, undefined> {
    for await (const { text } of pages(this.db, { stream, after, until, limit: BATCH }, DECODED)) {
      for (const row of parseRows(text)) yield parseStored(row, this.decode)
    }
  }

  /** Exact records of the log up to a position. */
  records(until: number): AsyncGenerator<EventRecord, void, undefined> {
    return this.exact(null, until)
  }

  /** Exact records of an account up to a position, each stream by version. */
  async *recordsOf(account: string, until: number): AsyncGenerator<EventRecord, void, undefined> {
    for (const stream of await readStreams(this.db, account)) {
      for await (const record of this.exact(stream, NO_END)) if (record.position <= until) yield record
    }
  }

  /** Where a batch cannot be read, the records before the one that cannot come first, then the failure. */
  private async *exact(stream: string | null, until: number): AsyncGenerator<EventRecord, void, undefined> {
    let after = 0
    for (let limit = BATCH; ; limit = Math.ceil(limit / NARROWER)) {
      try {
        for await (const { text, last } of pages(this.db, { stream, after, until, limit }, EXACT)) {
          yield* parseRows(text).map(parseRecord)
          after = last
        }
        return
      } catch (error) {
        if (limit === 1 || isOutage(error)) throw error
      }
    }
  }

  /** Only the events, joined by the server, decoded one by one. */
  async *replay(
    stream: string,
    { after = 0, until = NO_END }: ReadOptions,
  ): AsyncGenerator<readonly Event[], void, undefined> {
    for await (const { text, count, last } of pages(this.db, { stream, after, until, limit: BATCH }, ONLY_EVENTS)) {
      yield this.decodePage(parseEvents(text), stream, last - count)
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

/** Streams of which an account has events, whether they have a head or not: `0` is what follows `/`. */
async function readStreams(db: Db, account: string): Promise<readonly string[]> {
  const { rows } = await sql<{ stream_id: string }>`SELECT DISTINCT stream_id FROM tranche_history
    WHERE stream_id = ${account} OR (stream_id >= ${`${account}/`} AND stream_id < ${`${account}0`}) ORDER BY 1`.execute(
    db,
  )
  return rows.map(({ stream_id: stream }) => stream)
}

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
