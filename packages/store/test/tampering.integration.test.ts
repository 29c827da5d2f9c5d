import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import { numbered, numbers } from '../src/contract/contract-case.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { damageEvents } from './damage-events.js'
import { startEngines } from './engines.js'

const { engines, server } = await startEngines()

afterAll(async () => {
  await server?.stop()
})

const GONE = 'a whole stream deleted, its head too'

/** The checks are the same code on every engine: the first one that is there will do. */
describe.each(engines.slice(0, 1))('a log that somebody changed, on $name', (engine) => {
  let store: SqlStore<ContractEvent>

  /** Does what only the owner of the database can: changes the log past its triggers. */
  const tamper = async (...statements: string[]): Promise<void> => {
    await store.db.transaction().execute(async (transaction) => {
      await sql`SET LOCAL session_replication_role = replica`.execute(transaction)
      for (const statement of statements) await sql.raw(statement).execute(transaction)
    })
  }

  beforeEach(async () => {
    store = await engine.open({ decode: decodeContractEvent })
    await store.append('main/A', numbers(1, 5), { expected: 0 })
    await store.append('main/B', [{ ...numbered(1), metadata: { by: 'x' } }, numbered(2)], { expected: 0 })
    await store.append('main/A', numbers(6, 8), { expected: 5 })
  })
  afterEach(async () => {
    await store.close()
  })

  const cases: readonly [string, string[], object][] = [
    [
      'a flipped byte in an event',
      [
        `UPDATE tranche_events SET data = replace(data::text, '"number":3', '"number":4')::json
        WHERE stream_id = 'main/A' AND version = 3`,
      ],
      { code: 'hash-differs', at: { position: 3, stream: 'main/A', version: 3, id: 'n3' } },
    ],
    [
      'a space that changes no value',
      [`UPDATE tranche_events SET data = (data::text || ' ')::json WHERE stream_id = 'main/A' AND version = 2`],
      { code: 'hash-differs', at: { version: 2 } },
    ],
    [
      'changed metadata',
      [`UPDATE tranche_events SET metadata = '{"by":"y"}' WHERE stream_id = 'main/B' AND version = 1`],
      { code: 'hash-differs', at: { position: 6, stream: 'main/B' } },
    ],
    [
      'a changed recording time',
      [`UPDATE tranche_events SET recorded_time = recorded_time + 1 WHERE stream_id = 'main/B' AND version = 2`],
      { code: 'hash-differs', at: { position: 7 } },
    ],
    [
      'a deleted event in the middle',
      [`DELETE FROM tranche_events WHERE stream_id = 'main/A' AND version = 4`],
      { code: 'event-missing', at: { position: 5, stream: 'main/A', version: 5 } },
    ],
    [
      'a cut tail',
      [`DELETE FROM tranche_events WHERE stream_id = 'main/A' AND version > 6`],
      { code: 'tail-missing', at: { stream: 'main/A' } },
    ],
    [
      GONE,
      [
        `DELETE FROM tranche_events WHERE stream_id = 'main/B'`,
        `DELETE FROM tranche_streams WHERE stream_id = 'main/B'`,
      ],
      { code: 'event-missing', at: { position: 8 } },
    ],
    [
      'two events exchanged',
      [
        `UPDATE tranche_events SET version = 99 WHERE stream_id = 'main/A' AND version = 2`,
        `UPDATE tranche_events SET version = 2 WHERE stream_id = 'main/A' AND version = 3`,
        `UPDATE tranche_events SET version = 3 WHERE stream_id = 'main/A' AND version = 99`,
      ],
      { code: 'event-missing', at: { position: 2, version: 3 } },
    ],
    [
      'an event nobody appended',
      [
        `INSERT INTO tranche_events SELECT 11, stream_id, 9, 'forged', type, schema_version, tranche_id, event_time,
        recorded_time, epoch, data, metadata, hash FROM tranche_events WHERE stream_id = 'main/A' AND version = 8`,
        `UPDATE tranche_log SET position = 11`,
      ],
      { code: 'hash-differs', at: { position: 11, id: 'forged' } },
    ],
    [
      'an event that today’s code cannot read',
      [`UPDATE tranche_events SET data = '{"type":"Numbered"}' WHERE stream_id = 'main/B' AND version = 2`],
      { code: 'hash-differs', at: { position: 7 } },
    ],
  ]

  it.each(cases)('%s is found and named', async (_, statements, expected) => {
    expect(await store.verify()).toMatchObject({ status: 'clean', exitCode: 0, events: 10, streams: 2 })
    await tamper(...statements)
    const report = await store.verify()
    expect(report).toMatchObject({ status: 'corrupt', exitCode: 1 })
    expect(report.firstBad).toMatchObject(expected)
  })

  it.each(cases)('%s: other accounts do not hear of it, its own does', async (title, statements) => {
    await store.append('other/A', numbers(1, 5), { expected: 0 })
    await tamper(...statements.filter((statement) => !statement.startsWith('UPDATE tranche_log')))
    expect(await store.verify({ account: 'other' })).toMatchObject({ status: 'clean', events: 5, streams: 1 })
    const report = await store.verify({ account: 'main' })
    // Only the whole log shows that, by the positions it lacks.
    if (title === GONE) expect(report).toMatchObject({ status: 'clean', events: 8, streams: 1 })
    else expect(report).toMatchObject({ status: 'corrupt', exitCode: 1 })
  })

  it('events of an account whose head is gone are found', async () => {
    await tamper(`DELETE FROM tranche_streams WHERE stream_id = 'main/B'`)
    expect(await store.verify({ account: 'main' })).toMatchObject({
      status: 'corrupt',
      firstBad: { code: 'head-differs', at: { stream: 'main/B' } },
    })
  })

  it('a tail cut together with its heads is found by an anchor kept outside', async () => {
    const anchor = await store.takeAnchor()
    await tamper(
      `DELETE FROM tranche_events WHERE stream_id = 'main/A' AND version > 5`,
      `UPDATE tranche_streams s SET version = e.version, position = e.position, hash = e.hash
        FROM tranche_events e WHERE s.stream_id = 'main/A' AND e.stream_id = 'main/A' AND e.version = 5`,
      'UPDATE tranche_log SET position = 7',
    )
    expect(await store.verify()).toMatchObject({ status: 'clean' })
    const report = await store.verify({ anchor })
    expect(report).toMatchObject({ status: 'corrupt', firstBad: { code: 'older-than-anchor', at: { position: 10 } } })
  })

  it('reading an event that cannot be understood says which one it is', async () => {
    await tamper(`UPDATE tranche_events SET data = '{"type":"Numbered","version":2,"time":0}'
      WHERE stream_id = 'main/B' AND version = 2`)
    const reading = (async () => {
      for await (const event of store.readAll()) expect(event.position).toBeLessThan(7)
    })()
    await expect(reading).rejects.toMatchObject({
      code: 'store.event.unreadable',
      details: { position: 7, stream: 'main/B', version: 2, id: 'n2' },
    })
    const replaying = (async () => {
      for await (const batch of store.replay('main/B')) expect(batch).toEqual([])
    })()
    await expect(replaying).rejects.toMatchObject({ details: { stream: 'main/B', version: 2 } })
  })

  it('events that only a newer program understands are `unreadable`, not corrupt', async () => {
    const newer = { type: 'OfTomorrow', version: 1, time: 5, tomorrow: true }
    const events = [{ id: 'newer', event: newer as never }, numbered(3)]
    await store.append('main/B', events, { expected: 2 })
    const at = { position: 11, stream: 'main/B', version: 3, id: 'newer', type: 'OfTomorrow' }
    const report = await store.verify()
    expect(report).toMatchObject({ status: 'unreadable', exitCode: 2, events: 12 })
    expect(report.problems).toMatchObject([{ code: 'event-undecodable', at }])
    await tamper(`UPDATE tranche_events SET metadata = '{}' WHERE position = 12`)
    const corrupt = await store.verify()
    expect(corrupt).toMatchObject({ status: 'corrupt', exitCode: 1, firstBad: { code: 'hash-differs' } })
    expect(corrupt.firstBad?.at.position).toBe(12)
  })

  it('many events of a newer program hide no changed one', async () => {
    const newer = { type: 'OfTomorrow', version: 1, time: 5, tomorrow: true }
    const many = Array.from({ length: 150 }, (_, index) => ({ id: `newer ${index}`, event: newer as never }))
    const { position } = await store.append('main/C', many, { expected: 0 })
    await tamper(`UPDATE tranche_events SET metadata = '{}' WHERE position = ${position}`)
    expect(await store.verify()).toMatchObject({
      status: 'corrupt',
      firstBad: { code: 'hash-differs', at: { position } },
    })
  })

  it('a damaged page is named by its event, and what comes before it is verified', async () => {
    await store.append('main/C', numbers(1, 100), { expected: 0 })
    await damageEvents(store.db, 'position = 77')
    expect(await store.verify()).toMatchObject({
      status: 'unreadable',
      exitCode: 2,
      events: 76,
      firstBad: { code: 'log-unreadable', at: { position: 77 } },
    })
  })

  it('a damaged page of another account does not concern an account', async () => {
    await store.append('other/C', numbers(1, 100), { expected: 0 })
    await damageEvents(store.db, 'position = 77')
    expect(await store.verify({ account: 'main' })).toMatchObject({ status: 'clean', events: 10 })
    const report = await store.verify({ account: 'other' })
    expect(report).toMatchObject({ status: 'unreadable', events: 66, firstBad: { code: 'log-unreadable' } })
    expect(report.firstBad?.message).toMatch(/^the log of other cannot be read on: /)
  })

  it('a log that cannot be read on is `unreadable`, exit code 2', async () => {
    await sql`ALTER TABLE tranche_events RENAME COLUMN hash TO lost`.execute(store.db)
    expect(await store.verify()).toMatchObject({
      status: 'unreadable',
      exitCode: 2,
      firstBad: { code: 'log-unreadable' },
    })
  })

  it('a snapshot of other events, or one that was changed, is not loaded', async () => {
    const snapshot = { stream: 'main/A', version: 6, schema: 'book/1', state: '{"quantity":"1"}' }
    await store.saveSnapshot(snapshot)
    expect(await store.loadSnapshot('main/A', 'book/1')).toEqual(snapshot)
    await sql`UPDATE tranche_snapshots SET state = '{"quantity":"2"}'`.execute(store.db)
    expect(await store.loadSnapshot('main/A', 'book/1')).toBeNull()
    await sql`UPDATE tranche_snapshots SET state = '{"quantity":"1"}', version = 5`.execute(store.db)
    expect(await store.loadSnapshot('main/A', 'book/1')).toBeNull()
  })

  it('a snapshot that nobody would load does not keep an older one out', async () => {
    await sql`INSERT INTO tranche_snapshots VALUES ('main/A', 1000, 'book/1', 'of a log that was restored', 'x')`.execute(
      store.db,
    )
    const snapshot = { stream: 'main/A', version: 6, schema: 'book/1', state: '{"quantity":"1"}' }
    await store.saveSnapshot(snapshot)
    expect(await store.loadSnapshot('main/A', 'book/1')).toEqual(snapshot)
    await store.saveSnapshot({ ...snapshot, version: 5 })
    expect(await store.loadSnapshot('main/A', 'book/1')).toEqual(snapshot)
  })

  it.each([
    'UPDATE tranche_events SET type = type',
    'DELETE FROM tranche_events',
    'TRUNCATE tranche_events',
    'TRUNCATE tranche_events_3',
    'TRUNCATE tranche_archive',
  ])('%s is refused by the database itself', async (statement) => {
    await expect(sql.raw(statement).execute(store.db)).rejects.toMatchObject({ code: 'TB001' })
    expect(await store.verify()).toMatchObject({ status: 'clean', events: 10 })
  })
})
