import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { numbers, numbersIn } from '../src/contract/contract-case.js'
import { decodeContractEvent } from '../src/contract/index.js'
import { openEmbeddedStore } from '../src/open-store.js'
import { embeddedDirectory } from './embedded-directory.js'

describe('embedded store on disk', () => {
  let directory = ''
  const decode = decodeContractEvent

  beforeEach(async () => {
    directory = await embeddedDirectory()
  })

  it('is made anew where making it had been interrupted', async () => {
    const unfinished = join(directory, 'data.unfinished')
    await rename(join(directory, 'data'), unfinished)
    await (await openEmbeddedStore({ directory, decode })).close()
    expect(existsSync(unfinished)).toBe(false)
    expect(existsSync(join(directory, 'data', 'PG_VERSION'))).toBe(true)
  })

  it.each<[string, (data: string) => Promise<void>]>([
    ['a missing control file', async (data) => rm(join(data, 'global', 'pg_control'))],
    ['a journal that is gone', async (data) => rm(join(data, 'pg_wal'), { recursive: true })],
    ['tables that are gone', async (data) => rm(join(data, 'base'), { recursive: true })],
    ['another version of the database', async (data) => writeFile(join(data, 'PG_VERSION'), '16\n')],
    ['no version: nothing is made over what is there', async (data) => rm(join(data, 'PG_VERSION'))],
    [
      'something else in its place',
      async (data) => {
        await rename(data, `${data}.away`)
        await writeFile(data, 'something else')
      },
    ],
  ])('is refused with %s, and the message says what to do', async (_, damage) => {
    await damage(join(directory, 'data'))
    const opening = openEmbeddedStore({ directory, decode })
    await expect(opening).rejects.toMatchObject({
      code: 'store.directory.damaged',
      message: expect.stringMatching(/damaged.*restore a backup, https:.*docs\/recovery\.md#a-log/) as unknown,
    })
    await expect(openEmbeddedStore({ directory, decode })).rejects.toMatchObject({ code: 'store.directory.damaged' })
  })

  it('says which path cannot be a directory', async () => {
    const file = join(directory, 'data', 'PG_VERSION')
    for (const each of [file, join(file, 'below')])
      await expect(openEmbeddedStore({ directory: each, decode })).rejects.toMatchObject({
        code: 'store.unavailable',
        message: expect.stringContaining(each) as unknown,
      })
  })

  it('keeps its events, tells a second opener who has it, and finds a changed byte', async () => {
    const store = await openEmbeddedStore({ directory, decode })
    await store.append('main/X', numbers(1, 3), { expected: 0 })
    const second = openEmbeddedStore({ directory, decode })
    await expect(second).rejects.toMatchObject({ code: 'store.lock.held', details: { owner: { pid: process.pid } } })
    await store.close()
    const again = await openEmbeddedStore({ directory, decode })
    expect(await numbersIn(again, 'main/X')).toEqual([1, 2, 3])
    await again.db.transaction().execute(async (transaction) => {
      await sql`SET LOCAL session_replication_role = replica`.execute(transaction)
      await sql`UPDATE tranche_events SET event_id = 'n9' WHERE version = 2`.execute(transaction)
    })
    expect(await again.verify()).toMatchObject({ exitCode: 1, firstBad: { code: 'hash-differs', at: { version: 2 } } })
    await again.close()
  })

  it('`strict` writes its journal through to the disk', async () => {
    const store = await openEmbeddedStore({ directory, decode, durability: 'strict' })
    const setting = async (name: string): Promise<unknown> => {
      const { rows } = await sql<{ value: string }>`SELECT current_setting(${name}) AS value`.execute(store.db)
      return rows[0]?.value
    }
    expect([await setting('fsync'), await setting('wal_sync_method')]).toEqual(['on', 'open_datasync'])
    await store.append('main/X', numbers(1, 1), { expected: 0 })
    await store.close()
  })
})
