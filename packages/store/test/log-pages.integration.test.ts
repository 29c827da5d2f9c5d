import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeContractEvent } from '../src/contract/index.js'
import { LogReader } from '../src/sql/read-log.js'
import { startEngines } from './engines.js'

const { engines, server } = await startEngines()
const EVENTS = 30_000
const DATA = '{"type":"Numbered","version":2,"time":0,"number":1}'

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
      const { rows } = await sql<{
        n: number
      }>`SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS n
        FROM pg_stat_xact_user_tables WHERE relname LIKE 'tranche_events%'`.execute(transaction)
      expect(rows[0]?.n).toBeGreaterThanOrEqual(count)
      expect(rows[0]?.n).toBeLessThan(2 * count)
    })
    await store.close()
  })
})
