import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractEvent, decodeContractEvent, eventStoreContract } from '../contract/index.js'
import { openEmbeddedStore } from '../open-store.js'
import type { SqlStore } from '../sql/sql-store.js'

describe('embedded store in memory', () => {
  let store: SqlStore<ContractEvent>
  beforeAll(async () => {
    store = await openEmbeddedStore({ directory: null, decode: decodeContractEvent })
  }, 60_000)
  afterAll(async () => {
    await store.close()
  })
  for (const { id, title, run } of eventStoreContract) {
    it(`${id} ${title}`, async () => {
      await expect(run({ store, account: id })).resolves.toBeUndefined()
    })
  }
})
