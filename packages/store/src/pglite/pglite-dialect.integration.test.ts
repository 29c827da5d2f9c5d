import { PGlite } from '@electric-sql/pglite'
import { type Generated, type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Mutex } from './mutex.js'
import { kyselyOn } from './pglite-dialect.js'

interface Tables {
  items: { id: Generated<number>; name: string }
}

describe('kysely on PGlite', () => {
  let database: PGlite
  let db: Kysely<Tables>

  beforeAll(async () => {
    database = await PGlite.create()
    db = kyselyOn<Tables>(database, new Mutex())
  }, 60_000)
  afterAll(async () => {
    await db.destroy()
    await database.close()
  })
  beforeEach(async () => {
    await sql`DROP TABLE IF EXISTS items`.execute(db)
    await sql`CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL UNIQUE)`.execute(db)
  })

  const names = async (): Promise<string[]> =>
    (await db.selectFrom('items').select('name').orderBy('id').execute()).map(({ name }) => name)

  it('a transaction rolled back leaves no row, although other queries ran meanwhile', async () => {
    let begun = (): void => undefined
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const beside = hasBegun.then(async () =>
      Promise.all([
        db.insertInto('items').values({ name: 'beside' }).execute(),
        database.query(`INSERT INTO items (name) VALUES ('past the dialect')`),
      ]),
    )
    const rolledBack = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('items').values({ name: 'inside' }).execute()
      begun()
      await transaction.insertInto('items').values({ name: 'inside too' }).execute()
      throw new Error('roll back')
    })
    await expect(rolledBack).rejects.toThrow('roll back')
    await beside
    expect((await names()).sort()).toEqual(['beside', 'past the dialect'])
  })

  it('a query that its own transaction would keep waiting for ever is refused, and what was begun there works after it', async () => {
    const later: Promise<unknown>[] = []
    const nested = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('items').values({ name: 'inside' }).execute()
      later.push(new Promise(setImmediate).then(async () => committed).then(async () => names()))
      await db.selectFrom('items').selectAll().execute()
    })
    const committed = nested.catch(() => undefined)
    await expect(nested).rejects.toMatchObject({ code: 'store.transaction.nested' })
    expect(await Promise.all(later)).toEqual([[]])
  })

  it('many transactions at once see one another whole or not at all', async () => {
    const add = async (index: number): Promise<number> =>
      db.transaction().execute(async (transaction) => {
        const count = async (): Promise<number> => (await transaction.selectFrom('items').selectAll().execute()).length
        const before = await count()
        await transaction
          .insertInto('items')
          .values({ name: `${index}` })
          .execute()
        expect(await count()).toBe(before + 1)
        return before
      })
    const seen = await Promise.all(Array.from({ length: 20 }, async (_, index) => add(index)))
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index))
  })

  it('a failed statement fails its transaction, and the next one works', async () => {
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('items').values({ name: 'a' }).execute()
      await transaction.insertInto('items').values({ name: 'a' }).execute()
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    const { numInsertedOrUpdatedRows } = await db.insertInto('items').values({ name: 'a' }).executeTakeFirstOrThrow()
    expect(numInsertedOrUpdatedRows).toBe(1n)
    expect(await names()).toEqual(['a'])
  })

  it('settings of a transaction hold', async () => {
    const level = await db
      .transaction()
      .setIsolationLevel('serializable')
      .execute(async (transaction) => sql<{ level: string }>`SHOW transaction_isolation`.execute(transaction))
    expect(level.rows).toEqual([{ transaction_isolation: 'serializable' }])
    const writing = db
      .transaction()
      .setAccessMode('read only')
      .execute(async (transaction) => transaction.insertInto('items').values({ name: 'x' }).execute())
    await expect(writing).rejects.toMatchObject({ code: '25006' })
  })

  it('rows stream in portions, and stopping early ends the cursor', async () => {
    await sql`INSERT INTO items (name) SELECT 'n' || g FROM generate_series(1, 50) g`.execute(db)
    const all: string[] = []
    for await (const { name } of db.selectFrom('items').select('name').where('id', '>', 5).orderBy('id').stream(7))
      all.push(name)
    expect(all).toEqual(Array.from({ length: 45 }, (_, index) => `n${index + 6}`))
    for await (const { name } of db.selectFrom('items').select('name').orderBy('id').stream(3)) {
      expect(name).toBe('n1')
      break
    }
    expect(await names()).toHaveLength(50)
  })
})
