import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgresStore } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { type ContractEvent, decodeContractEvent, eventStoreContract } from '../src/contract/index.js'
import { startPostgres } from './postgres-server.js'

const server = await startPostgres()

describe.skipIf(server === null)('store on Postgres', () => {
  let store: SqlStore<ContractEvent>
  beforeAll(async () => {
    const connectionString = await server!.createMigratedDatabase()
    store = await openPostgresStore({ connectionString, decode: decodeContractEvent })
  }, 60_000)
  afterAll(async () => {
    await store.close()
    await server!.stop()
  })

  it('is the engine it says', () => {
    expect(store.kind).toBe('postgres')
  })

  for (const { id, title, run } of eventStoreContract) {
    it(`${id} ${title}`, async () => {
      await expect(run({ store, account: id })).resolves.toBeUndefined()
    })
  }
})
