import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractEvent, decodeContractEvent, eventStoreContract } from '../src/contract/index.js'
import { openEmbeddedStore } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { embeddedDirectory } from './embedded-directory.js'

describe('embedded store', () => {
  let store: SqlStore<ContractEvent>
  beforeAll(async () => {
    store = await openEmbeddedStore({ directory: await embeddedDirectory(), decode: decodeContractEvent })
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
