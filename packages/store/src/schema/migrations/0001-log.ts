import { type Kysely, sql } from 'kysely'

/** Partitions of the log. Every hot statement names a stream, so it touches one of them. */
const PARTITIONS = 8

const EVENT_COLUMNS = `
  position bigint NOT NULL,
  stream_id text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  schema_version smallint NOT NULL,
  tranche_id text,
  event_time bigint NOT NULL,
  recorded_time bigint NOT NULL,
  epoch bigint,
  data json NOT NULL,
  metadata json,
  hash bytea NOT NULL,
  PRIMARY KEY (stream_id, version)`

const STATEMENTS = [
  `CREATE TABLE tranche_log (
    id smallint PRIMARY KEY CHECK (id = 1),
    log_id uuid NOT NULL,
    position bigint NOT NULL
  ) WITH (fillfactor = 10)`,
  `INSERT INTO tranche_log VALUES (1, gen_random_uuid(), 0)`,
  `CREATE TABLE tranche_events (${EVENT_COLUMNS}) PARTITION BY HASH (stream_id)`,
  ...Array.from(
    { length: PARTITIONS },
    (_, index) =>
      `CREATE TABLE tranche_events_${index} PARTITION OF tranche_events FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${index})`,
  ),
  `CREATE UNIQUE INDEX tranche_events_id ON tranche_events (stream_id, event_id)`,
  `CREATE INDEX tranche_events_position ON tranche_events (position)`,
  `CREATE TABLE tranche_archive (${EVENT_COLUMNS}, UNIQUE (position), UNIQUE (stream_id, event_id))`,
  `CREATE VIEW tranche_history AS SELECT * FROM tranche_events UNION ALL SELECT * FROM tranche_archive`,
  `CREATE TABLE tranche_streams (
    stream_id text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    position bigint NOT NULL,
    hash bytea NOT NULL,
    archived_version bigint NOT NULL DEFAULT 0
  ) WITH (fillfactor = 50)`,
  `CREATE TABLE tranche_leases (
    scope text COLLATE "C" PRIMARY KEY,
    holder text NOT NULL,
    epoch bigint NOT NULL,
    expires_time bigint NOT NULL
  ) WITH (fillfactor = 50)`,
  `CREATE TABLE tranche_snapshots (
    stream_id text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    schema text NOT NULL,
    state text NOT NULL,
    seal text NOT NULL
  )`,
  `CREATE TABLE tranche_checkpoints (
    name text COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL,
    projection_version integer
  ) WITH (fillfactor = 50)`,
]

/** The log itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
