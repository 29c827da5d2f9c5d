import { expect, it } from 'vitest'
import { createManualClock, type ManualClock } from '../../../test/manual-clock.js'
import { createListenKeyLife, type ListenKeyLife } from './listen-key-life.js'

/** A key whose extensions all succeed, each of which leaves a mark. */
async function extendingLife(): Promise<{ clock: ManualClock; life: ListenKeyLife; extended: readonly string[] }> {
  const clock = createManualClock()
  const extended: string[] = []
  const extend = (): Promise<'extended'> => {
    extended.push('extended')
    return Promise.resolve('extended')
  }
  const calls = { create: () => Promise.resolve('key'), extend }
  const life = createListenKeyLife({ clock, calls, refreshMs: 1_000, onGone: () => undefined })
  await life.obtain()
  return { clock, life, extended }
}

it('extends no key any more once it is stopped, not even after an extension that was under way', async () => {
  const { clock, life, extended } = await extendingLife()
  clock.advance(1_000)
  life.stop()
  await Promise.resolve()
  clock.advance(10_000)
  expect(extended).toHaveLength(1)
})

it('takes a key for gone once it could not be extended for its whole life', async () => {
  const clock = createManualClock()
  let gone = 0
  const life = createListenKeyLife({
    clock,
    calls: { create: () => Promise.resolve('key'), extend: () => Promise.resolve('failed') },
    refreshMs: 25 * 60_000,
    onGone: () => {
      gone += 1
    },
  })
  await life.obtain()
  const pass = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute += 1) {
      clock.advance(60_000)
      await Promise.resolve()
      await Promise.resolve()
    }
  }
  await pass(59)
  expect(gone).toBe(0)
  await pass(5)
  expect(gone).toBe(1)
})

it('extends a key again and again (known failure 25)', async () => {
  const { clock, extended } = await extendingLife()
  for (let turn = 1; turn <= 3; turn += 1) {
    clock.advance(1_000)
    await Promise.resolve()
    await Promise.resolve()
    expect(extended).toHaveLength(turn)
  }
})
