import { expect, it } from 'vitest'
import { createRandom } from '../engine/random.js'
import { createKeys } from './create-keys.js'
import { createListenKeys } from './listen-keys.js'

it('keys are never what else is drawn from the same seed: whatever equals a secret is scrubbed from answers', () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const { keys } = createKeys(seed)
    expect(createListenKeys(createRandom(seed)).create(0)).not.toBe(keys.apiKey)
    expect(createKeys(seed)).toEqual(createKeys(seed))
  }
})
