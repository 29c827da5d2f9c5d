import { expect, it } from 'vitest'
import { createManualClock } from '../../../test/manual-clock.js'
import { createListenKeyLife } from './listen-key-life.js'

it('extends no key any more once it is stopped, not even after an extension that was under way', async () => {
  const clock = createManualClock()
  let extensions = 0
  const life = createListenKeyLife({
    clock,
    calls: {
      create: () => Promise.resolve('key'),
      extend: () => {
        extensions += 1
        return Promise.resolve('extended')
      },
    },
    refreshMs: 1_000,
    onGone: () => undefined,
  })
  await life.obtain()
  clock.advance(1_000)
  life.stop()
  await Promise.resolve()
  clock.advance(10_000)
  expect(extensions).toBe(1)
})
