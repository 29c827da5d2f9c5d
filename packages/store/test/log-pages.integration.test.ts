import { type Kysely, sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeContractEvent } from '../src/contract/index.js'
import type { StoreTables } from '../src/schema/tables.js'
import { LogReader } from '../src/sql/read-log.js'
import { startEngines } from './engines.js'

const { engines, server } = await startEngines()
const EVENTS = 30_000
const DATA = '{"type":"Numbered","version":2,"time":0,"number":1}'

/** Rows of events that the server has read in this transaction. */
async function rowsRead(transaction: Kysely<StoreTables>): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS n
    FROM pg_stat_xact_user_tables WHERE relname LIKE 'tranche_events%'`.execute(transaction)
  return rows[0]?.n ?? NaN
}

afterAll(async () => {
  await server?.stop()
})

describe.each(engines)('pages of a log on $name', (engine) => {
  it('each is read by itself, in tables that nobody took statistics of: a log twice as long takes twice as long', async () => {
    const store = await engine.open({ decode: decodeContractEvent })
    await sql`INSERT INTO tranche_events SELECT n, concat('a', n % 10, '/X'), n, n::text, 'Numbered', 2, NULL, 0, 0, NULL,
      ${DATA}::json, NULL, '\\x00' FROM generate_series(1, ${EVENTS}::int) AS n`.execute(store.db)
    await store.db.transaction().execute(async (transaction) => {
      const reader = new LogReader(transaction, decodeContractEvent)
      let count = 0
      for await (const { position } of reader.records(EVENTS)) expect(position).toBe((count += 1))
      for await (const { position } of reader.read(null, { until: 2500 })) count += position > 2500 ? EVENTS : 1
      for await (const { position } of reader.read(null, { after: EVENTS })) count += position
      expect(count).toBe(EVENTS + 2500)
      const rows = await rowsRead(transaction)
      expect(rows).toBeGreaterThanOrEqual(count)
      expect(rows).toBeLessThan(2 * count)
    })
    await store.close()
  })

  it('a stream of any length is read once, also where the server sorts what it is asked for', async () => {
    const store = await engine.open({ decode: decodeContractEvent })
    await sql`INSERT INTO tranche_events SELECT n, 'a/X', n, n::text, 'Numbered', 2, NULL, 0, 0, NULL,
      ${DATA}::json, NULL, '\\x00' FROM generate_series(1, ${EVENTS}::int) AS n WHERE n <> 20000`.execute(store.db)
    await store.db.transaction().execute(async (transaction) => {
      for (const way of ['indexscan', 'seqscan']) await sql.raw(`SET LOCAL enable_${way} = off`).execute(transaction)
      const reader = new LogReader(transaction, decodeContractEvent)
      const versions: number[] = []
      for await (const { version } of reader.read('a/X', {})) versions.push(version)
      expect(versions).toEqual(Array.from({ length: EVENTS }, (_, index) => index + 1).filter((n) => n !== 20_000))
      expect(await rowsRead(transaction)).toBeLessThan(3 * EVENTS)
    })
    await store.close()
  })
})
