import assert from 'node:assert/strict'
import { type ContractCase, assertRefused, collect, numbered, numbers, numbersIn, range } from './contract-case.js'

/** Versions, conflicts, idempotence. */
export const appendCases: readonly ContractCase[] = [
  {
    id: 'ES-01',
    title: 'an append gives dense versions and positions, and reads back as it was',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const appended = await store.append(stream, numbers(1, 3), { expected: 'none' })
      assert.deepEqual([appended.firstVersion, appended.version, appended.isDuplicate], [1, 3, false])
      assert.equal(appended.position, appended.firstPosition + 2)
      const read = await collect(store.read(stream))
      assert.deepEqual(
        read.map(({ version }) => version),
        [1, 2, 3],
      )
      assert.deepEqual(
        read.map(({ position }) => position),
        range(appended.firstPosition, appended.position),
      )
      assert.deepEqual(
        read.map(({ id, event }) => ({ id, event })),
        numbers(1, 3),
      )
      assert.deepEqual(
        read.map((each) => [each.stream, each.metadata, each.epoch]),
        range(1, 3).map(() => [stream, null, null]),
      )
    },
  },
  {
    id: 'ES-02',
    title: 'an exact version that does not fit is refused and writes nothing',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, numbers(1, 2), { expected: 0 })
      await store.append(stream, [numbered(3)], { expected: 2 })
      await assertRefused(store.append(stream, [numbered(4)], { expected: 2 }), 'store.conflict.version')
      await assertRefused(store.append(stream, [numbered(4)], { expected: 9 }), 'store.conflict.version')
      await assertRefused(store.append(stream, [numbered(4)], { expected: 0 }), 'store.conflict.version')
      assert.deepEqual(await numbersIn(store, stream), [1, 2, 3])
    },
  },
  {
    id: 'ES-03',
    title: '`none` is refused where the stream has an event',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, [numbered(1)], { expected: 'none' })
      await assertRefused(store.append(stream, [numbered(2)], { expected: 'none' }), 'store.conflict.version')
      assert.deepEqual(await numbersIn(store, stream), [1])
    },
  },
  {
    id: 'ES-04',
    title: '`exists` is refused where the stream has none',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await assertRefused(store.append(stream, [numbered(1)], { expected: 'exists' }), 'store.conflict.version')
      assert.equal(await store.streamHead(stream), null)
      await store.append(stream, [numbered(1)], { expected: 'none' })
      const { version } = await store.append(stream, [numbered(2)], { expected: 'exists' })
      assert.equal(version, 2)
    },
  },
  {
    id: 'ES-05',
    title: 'twenty parallel appends that ask for no check on a new stream all succeed',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const appends = numbers(1, 20).map((event) => store.append(stream, [event], { expected: 'any' }))
      const versions = (await Promise.all(appends)).map(({ version }) => version)
      assert.deepEqual(
        versions.sort((left, right) => left - right),
        range(1, 20),
      )
      assert.deepEqual(
        (await numbersIn(store, stream)).sort((left, right) => left - right),
        range(1, 20),
      )
    },
  },
  {
    id: 'ES-06',
    title: 'the same batch again returns its old places and writes nothing',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const first = await store.append(stream, numbers(1, 3), { expected: 0 })
      await store.append(stream, numbers(4, 5), { expected: 3 })
      const again = await store.append(stream, numbers(1, 3), { expected: 0 })
      assert.deepEqual(again, { ...first, isDuplicate: true })
      assert.deepEqual(await numbersIn(store, stream), range(1, 5))
    },
  },
  {
    id: 'ES-07',
    title: 'the same batch again is found under `none`, `exists` and `any` too',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const first = await store.append(stream, numbers(1, 2), { expected: 'none' })
      const second = await store.append(stream, numbers(3, 4), { expected: 'exists' })
      const third = await store.append(stream, numbers(5, 6), { expected: 'any' })
      assert.deepEqual(await store.append(stream, numbers(1, 2), { expected: 'none' }), { ...first, isDuplicate: true })
      assert.deepEqual(await store.append(stream, numbers(3, 4), { expected: 'exists' }), {
        ...second,
        isDuplicate: true,
      })
      assert.deepEqual(await store.append(stream, numbers(5, 6), { expected: 'any' }), { ...third, isDuplicate: true })
      assert.deepEqual(await numbersIn(store, stream), range(1, 6))
    },
  },
  {
    id: 'ES-08',
    title: 'the same ids with other content are a conflict, never a silent success',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, numbers(1, 2), { expected: 0 })
      const changed = [numbered(1), numbered(99, 'n2')]
      await assertRefused(store.append(stream, changed, { expected: 0 }), 'store.conflict.version')
      await assertRefused(store.append(stream, changed, { expected: 'any' }), 'store.conflict.event')
      assert.deepEqual(await numbersIn(store, stream), [1, 2])
    },
  },
  {
    id: 'ES-09',
    title: 'an event id that the stream has already is not recorded a second time',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, [numbered(1, 'fill:7')], { expected: 0 })
      await assertRefused(store.append(stream, [numbered(2, 'fill:7')], { expected: 1 }), 'store.conflict.event')
      const pair = [numbered(3), numbered(2, 'fill:7')]
      await assertRefused(store.append(stream, pair, { expected: 1 }), 'store.conflict.event')
      await assertRefused(store.append(stream, pair, { expected: 'any' }), 'store.conflict.event')
      assert.deepEqual(await numbersIn(store, stream), [1])
      await store.append(`${account}/ETHUSDT`, [numbered(1, 'fill:7')], { expected: 0 })
    },
  },
  {
    id: 'ES-10',
    title: 'of many appends at once, a refused one does not disturb the others',
    run: async ({ store, account }) => {
      const stream = (index: number): string => `${account}/S${index}`
      await store.append(stream(3), [numbered(1, 'taken')], { expected: 0 })
      const appends = range(1, 10).map(async (index) => {
        const expected = index === 5 ? 7 : index === 3 ? 1 : 0
        return store.append(stream(index), [numbered(index, 'taken')], { expected })
      })
      const outcomes = (await Promise.allSettled(appends)).map(({ status }) => status === 'fulfilled')
      assert.deepEqual(
        outcomes,
        range(1, 10).map((index) => index !== 3 && index !== 5),
      )
      assert.equal(await store.streamHead(stream(5)), null)
      assert.deepEqual(await numbersIn(store, stream(10)), [10])
    },
  },
  {
    id: 'ES-11',
    title: 'appends to one stream that follow one another may be in flight together',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const appends = numbers(1, 50).map((event, index) => store.append(stream, [event], { expected: index }))
      const versions = (await Promise.all(appends)).map(({ version }) => version)
      assert.deepEqual(versions, range(1, 50))
      const broken = [60, 51, 52].map((number) => store.append(stream, [numbered(number)], { expected: number - 1 }))
      const outcomes = (await Promise.allSettled(broken)).map(({ status }) => status)
      assert.deepEqual(outcomes, ['rejected', 'fulfilled', 'fulfilled'])
      assert.deepEqual(await numbersIn(store, stream), range(1, 52))
    },
  },
  {
    id: 'ES-12',
    title: 'many appenders that read, decide and try again leave a dense stream',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const appendOnce = async (id: string): Promise<void> => {
        for (;;) {
          const version = (await store.streamHead(stream))?.version ?? 0
          try {
            await store.append(stream, [numbered(version + 1, id)], { expected: version })
            return
          } catch (error) {
            if (!(error instanceof Error && 'code' in error && error.code === 'store.conflict.version')) throw error
          }
        }
      }
      await Promise.all(
        range(1, 4).map(async (writer) => {
          for (const turn of range(1, 10)) await appendOnce(`${writer}-${turn}`)
        }),
      )
      assert.deepEqual(await numbersIn(store, stream), range(1, 40))
    },
  },
  {
    id: 'ES-13',
    title: 'one event each for many streams that exist: all are appended, or each but the refused ones',
    run: async ({ store, account }) => {
      const stream = (index: number): string => `${account}/S${index}`
      const appendAll = async (
        round: number,
        expected: (index: number) => number,
      ): Promise<readonly (number | null)[]> => {
        const appends = range(1, 10).map(async (index) =>
          store.append(stream(index), [numbered(round, `round${round}`)], { expected: expected(index) }),
        )
        const settled = await Promise.allSettled(appends)
        return settled.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.position : null))
      }
      await appendAll(1, () => 0)
      const positions = await appendAll(2, () => 1)
      const first = positions[0] ?? 0
      assert.deepEqual(positions, range(first, first + 9))
      const third = await appendAll(3, (index) => (index === 7 ? 1 : 2))
      assert.deepEqual(
        third.map((position) => position === null),
        range(1, 10).map((index) => index === 7),
      )
      assert.deepEqual(await numbersIn(store, stream(7)), [1, 2])
      assert.deepEqual(await numbersIn(store, stream(8)), [1, 2, 3])
    },
  },
]
