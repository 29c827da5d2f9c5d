import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import { collect, numbered, numbers, numbersIn, range } from '../src/contract/contract-case.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { startEngines } from './engines.js'

const { engines, server } = await startEngines()
const STREAM = 'main/A'

afterAll(async () => {
  await server?.stop()
})

/** Moving is SQL that both engines share: the first one that is there will do. */
describe.each(engines.slice(0, 1))('the archive on $name', (engine) => {
  let store: SqlStore<ContractEvent>

  beforeEach(async () => {
    store = await engine.open({ decode: decodeContractEvent })
    await store.append(STREAM, numbers(1, 20), { expected: 0 })
    await store.append('main/B', numbers(1, 5), { expected: 0 })
    await store.saveSnapshot({ stream: STREAM, version: 15, schema: 'book/1', state: 'state' })
  })
  afterEach(async () => {
    await store.close()
  })

  it('readers see no difference, the chain verifies, old ids stay taken and old batches stay known', async () => {
    const before = await collect(store.readAll())
    const anchor = await store.takeAnchor()
    const moved = await store.archive({ stream: STREAM, through: 12 })
    expect(moved).toMatchObject({ stream: STREAM, version: 12, position: 12, hash: before[11]?.hash })
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM tranche_events`.execute(store.db)
    expect(rows[0]?.n).toBe(13)
    expect(await collect(store.readAll())).toEqual(before)
    expect(await collect(store.read(STREAM, { after: 10 }))).toEqual(before.slice(10, 20))
    expect((await collect(store.replay(STREAM))).flat()).toHaveLength(20)
    expect(await store.loadSnapshot(STREAM, 'book/1')).toMatchObject({ version: 15 })
    expect(await store.verify({ anchor })).toMatchObject({ status: 'clean', events: 25 })
    expect(await store.append(STREAM, numbers(1, 20), { expected: 0 })).toMatchObject({
      isDuplicate: true,
      position: 20,
    })
    const again = store.append(STREAM, [numbered(99, 'n3')], { expected: 20 })
    await expect(again).rejects.toMatchObject({ code: 'store.conflict.event' })
    const pair = [numbered(98), numbered(99, 'n3')]
    const anyway = store.append(STREAM, pair, { expected: 'any' })
    await expect(anyway).rejects.toMatchObject({ code: 'store.conflict.event' })
    const decision = store.append(STREAM, pair, { expected: 20 })
    await expect(decision).rejects.toMatchObject({ code: 'store.conflict.event' })
    const ofBoth = [
      store.append(STREAM, [numbered(99, 'n3')], { expected: 20 }),
      store.append('main/B', [numbered(6)], { expected: 5 }),
    ]
    const outcomes = await Promise.allSettled(ofBoth)
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    await store.append(STREAM, [numbered(21)], { expected: 20 })
    await store.archive({ stream: STREAM, through: 15 })
    await store.append(STREAM, numbers(22, 25), { expected: 21 })
    expect(await numbersIn(store, STREAM)).toEqual(range(1, 25))
    expect(await store.verify({ anchor })).toMatchObject({ status: 'clean', events: 31 })
  })

  it('many events move in several transactions, each of which leaves a log that verifies', async () => {
    for (let at = 20; at < 10_500; at += 655) await store.append(STREAM, numbers(at + 1, at + 655), { expected: at })
    await store.saveSnapshot({ stream: STREAM, version: 10_500, schema: 'book/1', state: 'state' })
    await sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'made to fail'; END $$`.execute(store.db)
    await sql`CREATE TRIGGER refuse BEFORE INSERT ON tranche_archive FOR EACH ROW WHEN (NEW.version = 10200)
      EXECUTE FUNCTION refuse()`.execute(store.db)
    await expect(store.archive({ stream: STREAM, through: 10_400 })).rejects.toThrow('made to fail')
    const archived = sql<{ n: number }>`SELECT count(*)::int AS n FROM tranche_archive`
    expect((await archived.execute(store.db)).rows).toEqual([{ n: 10_000 }])
    expect(await store.verify()).toMatchObject({ status: 'clean', events: 10_505 })
    await sql`DROP TRIGGER refuse ON tranche_archive`.execute(store.db)
    expect(await store.archive({ stream: STREAM, through: 10_400 })).toMatchObject({ version: 10_400 })
    expect((await archived.execute(store.db)).rows).toEqual([{ n: 10_400 }])
    expect(await numbersIn(store, STREAM)).toEqual(range(1, 10_500))
  })

  it.each([
    [0, /versions 1 to 20/],
    [21, /versions 1 to 20/],
    [16, /save a snapshot of version 16/],
  ])('does not archive up to version %i', async (through, message) => {
    await expect(store.archive({ stream: STREAM, through })).rejects.toThrow(message)
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM tranche_events`.execute(store.db)
    expect(rows[0]?.n).toBe(25)
  })

  it('a snapshot that cannot be loaded is not good enough to archive behind', async () => {
    await sql`UPDATE tranche_snapshots SET state = 'changed'`.execute(store.db)
    await expect(store.archive({ stream: STREAM, through: 5 })).rejects.toMatchObject({ code: 'store.archive.refused' })
  })

  it('a changed archive is found', async () => {
    await store.archive({ stream: STREAM, through: 12 })
    await store.db.transaction().execute(async (transaction) => {
      await sql`SET LOCAL session_replication_role = replica`.execute(transaction)
      await sql`UPDATE tranche_archive SET data = '{"type":"Numbered","version":2,"time":1,"number":7}'
        WHERE version = 4`.execute(transaction)
    })
    expect(await store.verify()).toMatchObject({
      status: 'corrupt',
      firstBad: { code: 'hash-differs', at: { version: 4 } },
    })
  })
})
