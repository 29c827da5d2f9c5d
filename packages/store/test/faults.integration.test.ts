import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { AppendError } from '../src/store-errors.js'
import { openPostgresStore } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import type { WriterLimits } from '../src/sql/append-writer.js'
import type { PostgresPlace } from '../src/postgres/postgres-engine.js'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import { collect, numbered, numbers, numbersIn, range } from '../src/contract/contract-case.js'
import { type Fault, FaultyProxy } from './faulty-proxy.js'
import { startPostgres } from './postgres-server.js'
import { printedSeed, Random, rounds } from './random.js'

const server = await startPostgres('own')
const STREAM = 'main/BTCUSDT'
const FAULT_ROUNDS = rounds('STORE_FAULT_ROUNDS', 40)
const FREEZES = Math.min(20, Math.ceil(FAULT_ROUNDS / 20))
/** Several times what a statement of 300 ms has, and its grace, on a busy machine. */
const LONGEST_FREEZE_MS = 10_000

type Store = SqlStore<ContractEvent>
type Settings = Partial<PostgresPlace> & { limits?: Partial<WriterLimits> }

describe.skipIf(server === null)('appends when the database fails', () => {
  let url = ''
  let proxy: FaultyProxy
  const stores: Store[] = []

  const open = async (settings: Settings = {}): Promise<Store> => {
    const store = await openPostgresStore({ connectionString: url, decode: decodeContractEvent, ...settings })
    stores.push(store)
    return store
  }

  const openThroughProxy = async (settings: Settings = {}): Promise<Store> =>
    open({ connectionString: await proxy.start(), statementTimeoutMs: 300, ...settings })

  beforeEach(async () => {
    url = await server!.createMigratedDatabase()
    proxy = new FaultyProxy(url)
  })
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
    await proxy.stop()
  })
  afterAll(async () => {
    await server!.stop()
  })

  it.each<[Fault, boolean]>([
    ['drop-request', false],
    ['lose-answer', true],
    ['freeze', false],
  ])('%s: the append is there once, and the answer is the truth', async (fault, isDuplicate) => {
    const store = await openThroughProxy()
    await store.append(STREAM, [numbered(1)], { expected: 0 })
    proxy.failNext(fault)
    const appended = await store.append(STREAM, [numbered(2)], { expected: 1 })
    expect(appended).toMatchObject({ version: 2, position: 2, isDuplicate })
    expect(await numbersIn(store, STREAM)).toEqual([1, 2])
    expect(proxy.faults).toBe(1)
  })

  it('a lost answer of an append without a version check is not appended twice', async () => {
    const store = await openThroughProxy()
    proxy.failNext('lose-answer')
    const appended = await store.append(STREAM, numbers(1, 3), { expected: 'any' })
    expect(appended).toMatchObject({ firstVersion: 1, version: 3, isDuplicate: true })
    expect(await numbersIn(store, STREAM)).toEqual([1, 2, 3])
  })

  it(
    'random faults under load: everything acknowledged is there once, in order, and the chain verifies',
    async () => {
      const random = new Random(printedSeed('faults under load'))
      const store = await openThroughProxy({ limits: { timeoutMs: 60_000 } })
      const streams = range(1, 5).map((index) => `a${index}/X`)
      const cuts = ['drop-request', 'cut-after-request', 'lose-answer'] as const
      // A frozen connection costs its time to live, a cut one nothing.
      const faults: readonly [Fault, ...Fault[]] = [...cuts, ...cuts, 'freeze']
      const produce = async (stream: string): Promise<void> => {
        for (const turn of range(1, FAULT_ROUNDS)) {
          if (random.below(8) === 0) proxy.failNext(random.pick(faults))
          await store.append(stream, [numbered(turn)], { expected: turn - 1 })
        }
      }
      await Promise.all(streams.map(produce))
      for (const stream of streams) expect(await numbersIn(store, stream)).toEqual(range(1, FAULT_ROUNDS))
      expect(await store.verify()).toMatchObject({ status: 'clean', events: FAULT_ROUNDS * 5 })
      console.info(`${proxy.faults} faults, ${proxy.frozen} of them freezes, in ${FAULT_ROUNDS * 5} appends`)
      expect(proxy.faults).toBeGreaterThan(FAULT_ROUNDS / 10)
    },
    FAULT_ROUNDS * 1000 + 60_000,
  )

  it(
    'everything frozen under load: appends go on anew, and a look is answered or given up in its time',
    async () => {
      const store = await openThroughProxy({ limits: { timeoutMs: 60_000 } })
      const looks = async (): Promise<unknown[]> =>
        Promise.all(range(1, 4).map(async () => store.streamHead(STREAM).catch(() => 'given up')))
      for (const turn of range(1, FREEZES)) {
        await looks()
        proxy.freeze()
        const started = performance.now()
        const [appended] = await Promise.all([store.append(STREAM, [numbered(turn)], { expected: turn - 1 }), looks()])
        expect(appended).toMatchObject({ version: turn })
        expect(performance.now() - started).toBeLessThan(LONGEST_FREEZE_MS)
        expect(await store.streamHead(STREAM)).toMatchObject({ version: turn })
      }
      expect(await numbersIn(store, STREAM)).toEqual(range(1, FREEZES))
    },
    FREEZES * LONGEST_FREEZE_MS + 10_000,
  )

  it('an answer that never comes ends as `unknown`, and the same append later finds out', async () => {
    const store = await openThroughProxy({ limits: { timeoutMs: 1 } })
    await store.append(STREAM, [numbered(1)], { expected: 0 })
    proxy.failNext('lose-answer')
    const lost = await store.append(STREAM, [numbered(2)], { expected: 1 }).catch((error: unknown) => error)
    expect(lost).toBeInstanceOf(AppendError)
    expect(lost).toMatchObject({ code: 'store.append.outcome-unknown', outcome: 'unknown' })
    expect(await store.append(STREAM, [numbered(2)], { expected: 1 })).toMatchObject({ version: 2, isDuplicate: true })
  })

  it('a server that is not there ends as `not-sent`', async () => {
    const store = await openThroughProxy({ limits: { timeoutMs: 300 } })
    await proxy.stop()
    const failure = await store.append(STREAM, [numbered(1)], { expected: 0 }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'store.append.not-sent', outcome: 'not-sent' })
  })

  it('a frozen backend that wakes up later does not append again', async ({ skip }) => {
    if (server!.crash === null) skip('the server is not ours to stop')
    const store = await open({ statementTimeoutMs: 300 })
    await store.append(STREAM, [numbered(1)], { expected: 0 })
    const backends = sql<{ pid: number }>`SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'tranchebook'`
    const { rows } = await backends.execute(store.db)
    const pid = rows[0]!.pid
    process.kill(pid, 'SIGSTOP')
    const appended = await store.append(STREAM, [numbered(2)], { expected: 1 })
    expect(appended).toMatchObject({ version: 2, isDuplicate: false })
    await store.append(STREAM, [numbered(3)], { expected: 2 })
    process.kill(pid, 'SIGCONT')
    for (;;) if (!(await backends.execute(store.db)).rows.some((row) => row.pid === pid)) break
    expect(await numbersIn(store, STREAM)).toEqual([1, 2, 3])
  })

  it('a store closes soon although a server does not answer any more', async () => {
    const store = await openThroughProxy()
    await store.append(STREAM, [numbered(1)], { expected: 0 })
    const unanswered = sql`SELECT pg_sleep(300)`.execute(store.db).catch(() => 'cut')
    await numbersIn(store, STREAM)
    proxy.freeze()
    await store.close()
    expect(await unanswered).toBe('cut')
  })

  it('a connection that breaks between two queries of a transaction fails that transaction and nothing else', async () => {
    const store = await open()
    const broken = store.db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(transaction)
      await sql`SELECT pg_terminate_backend(${rows[0]!.pid}, 5000)`.execute(store.db)
      await new Promise(setImmediate)
      return sql`SELECT 1`.execute(transaction)
    })
    await expect(broken).rejects.toThrow(/terminat|not queryable/)
    expect(await store.append(STREAM, [numbered(1)], { expected: 0 })).toMatchObject({ version: 1 })
    expect(await numbersIn(store, STREAM)).toEqual([1])
  })

  it('a lock held too long is waited for, then reported as rolled back', async () => {
    const store = await open({ statementTimeoutMs: 100, limits: { timeoutMs: 400 } })
    const held = await store.db.transaction().execute(async (transaction) => {
      await sql`SELECT 1 FROM tranche_log WHERE id = 1 FOR UPDATE`.execute(transaction)
      return store.append(STREAM, [numbered(1)], { expected: 0 }).catch((error: unknown) => error)
    })
    expect(held).toMatchObject({ code: 'store.append.rolled-back', outcome: 'refused' })
    expect(await store.append(STREAM, [numbered(1)], { expected: 0 })).toMatchObject({ version: 1, isDuplicate: false })
  })

  it.each(['40001', '40P01', '55P03'])('state %s is tried again until it succeeds', async (state) => {
    const store = await open()
    await sql.raw('CREATE SEQUENCE attempts').execute(store.db)
    await failingInsert(store, `nextval('attempts') < 4`, state)
    expect(await store.append(STREAM, [numbered(1)], { expected: 0 })).toMatchObject({ version: 1, position: 1 })
    expect(await numbersIn(store, STREAM)).toEqual([1])
  })

  it('a full disk is said at once, nothing is half-written, and appending goes on afterwards', async () => {
    const store = await open()
    await failingInsert(store, `NEW.stream_id = 'full/X'`, '53100')
    const failure = await store.append('full/X', numbers(1, 5), { expected: 0 }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'store.append.disk-full', outcome: 'refused' })
    expect(await store.streamHead('full/X')).toBeNull()
    expect(await store.append(STREAM, [numbered(1)], { expected: 0 })).toMatchObject({ position: 1 })
  })

  it('one append that the database refuses does not take the others of its batch with it', async () => {
    const store = await open()
    await failingInsert(store, `NEW.stream_id = 'bad/X'`, '23514')
    const streams = ['a/X', 'bad/X', 'b/X', 'c/X']
    const appends = streams.map(async (stream) => store.append(stream, numbers(1, 2), { expected: 0 }))
    const outcomes = await Promise.allSettled(appends)
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(outcomes[1]).toMatchObject({ reason: { code: 'store.append.refused', outcome: 'refused' } })
    expect((await collect(store.readAll())).map(({ position }) => position)).toEqual(range(1, 6))
  })

  it('no free connection ends as `not-sent`', async () => {
    const admin = await open()
    const role = `limited_${Date.now()}`
    await sql.raw(`CREATE ROLE ${role} LOGIN CONNECTION LIMIT 1`).execute(admin.db)
    await sql.raw(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`).execute(admin.db)
    const limited = new URL(url)
    limited.username = role
    const store = await open({ connectionString: limited.toString(), limits: { timeoutMs: 300 }, readers: 1 })
    const failure = await store.append(STREAM, [numbered(1)], { expected: 0 }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'store.append.not-sent', outcome: 'not-sent' })
    await sql.raw(`ALTER ROLE ${role} CONNECTION LIMIT 2`).execute(admin.db)
    expect(await store.append(STREAM, [numbered(1)], { expected: 0 })).toMatchObject({ version: 1 })
  })

  it('more than may wait is turned away, and what was accepted is appended', async () => {
    const store = await open({ limits: { maxQueuedEvents: 10 } })
    const appends = range(1, 8).map(async (index) => store.append(`s${index}/X`, numbers(1, 3), { expected: 0 }))
    const outcomes = await Promise.allSettled(appends)
    expect(outcomes.map(({ status }) => status)).toEqual(
      range(1, 8).map((index) => (index <= 3 ? 'fulfilled' : 'rejected')),
    )
    expect(outcomes[7]).toMatchObject({ reason: { code: 'store.append.overloaded', outcome: 'not-sent' } })
    expect(await store.logHead()).toMatchObject({ position: 9 })
  })
})

/** Makes the database refuse inserts of events under a condition, with the state of a real failure. */
async function failingInsert(store: Store, condition: string, state: string): Promise<void> {
  await sql
    .raw(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF ${condition} THEN RAISE EXCEPTION 'made to fail' USING ERRCODE = '${state}'; END IF; RETURN NEW; END $$`,
    )
    .execute(store.db)
  await sql
    .raw('CREATE TRIGGER fail BEFORE INSERT ON tranche_events FOR EACH ROW EXECUTE FUNCTION fail()')
    .execute(store.db)
}
