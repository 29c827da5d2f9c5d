import { expect, it } from 'vitest'
import { decodeContractEvent } from '../src/contract/index.js'
import { openEmbeddedStore } from '../src/open-store.js'
import { embeddedDirectory } from './embedded-directory.js'

it('a lease that a process left in its directory is over for the next one, under the next epoch', async () => {
  const place = { directory: await embeddedDirectory(), decode: decodeContractEvent }
  const first = await openEmbeddedStore(place)
  await first.acquireLease({ scope: 'main', holder: 'first', ttlMs: 60_000 })
  await first.close()

  const second = await openEmbeddedStore(place)
  const answer = await second.acquireLease({ scope: 'main', holder: 'second', ttlMs: 60_000 })
  expect(answer).toMatchObject({ type: 'granted', lease: { holder: 'second', epoch: 2 } })
  expect(await second.acquireLease({ scope: 'main', holder: 'third', ttlMs: 60_000 })).toMatchObject({ type: 'held' })
  await second.close()
}, 60_000)
