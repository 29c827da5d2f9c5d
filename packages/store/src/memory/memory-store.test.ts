import { describe, expect, it } from 'vitest'
import { decodeContractEvent, eventStoreContract } from '../contract/index.js'
import { openMemoryStore } from '../open-store.js'

describe('memory store', () => {
  const store = openMemoryStore({ decode: decodeContractEvent })
  for (const { id, title, run } of eventStoreContract) {
    it(`${id} ${title}`, async () => {
      await expect(run({ store, account: id })).resolves.toBeUndefined()
    })
  }
})
