import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import { numbered, numbers, numbersIn } from '../src/contract/contract-case.js'
import { keepAnchor } from '../src/keep-anchor.js'
import { openEmbeddedStore } from '../src/open-store.js'
import { parseAnchor } from '../src/parse-anchor.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { embeddedDirectory } from './embedded-directory.js'
import { startEngines } from './engines.js'

const { engines, server } = await startEngines()
const STREAM = 'main/X'
const account = 'main'
const TTL_MS = 60_000
/** An embedded database is made as fast as the machine lets it. */
const MAKING_MS = 240_000

afterAll(async () => {
  await server?.stop()
})

describe('an anchor that a process keeps', () => {
  let made = ''
  let directory = ''
  let backup = ''
  let home = ''
  let file = ''
  const stores: SqlStore<ContractEvent>[] = []

  const open = async (place = directory): Promise<SqlStore<ContractEvent>> => {
    const store = await openEmbeddedStore({ directory: place, decode: decodeContractEvent })
    stores.push(store)
    return store
  }
  const close = async (): Promise<void> => {
    for (const store of stores.splice(0)) await store.close()
  }
  const kept = async (): Promise<unknown> => parseAnchor(await readFile(file, 'utf8'))

  /** Three events, a backup, two more under the next epoch, and the anchor of all five. */
  beforeAll(async () => {
    const log = await embeddedDirectory()
    made = await mkdtemp(join(tmpdir(), 'tranche-anchored-'))
    const first = await open(log)
    await first.acquireLease({ scope: account, holder: 'first', ttlMs: 1 })
    await first.append(STREAM, numbers(1, 3), { expected: 0, epoch: 1 })
    await close()
    await cp(log, join(made, 'backup'), { recursive: true })
    const second = await open(log)
    const anchor = await keepAnchor(second, { file: join(made, 'run', 'anchor.json'), account })
    await second.acquireLease({ scope: account, holder: 'first', ttlMs: TTL_MS })
    await second.append(STREAM, numbers(4, 5), { expected: 3, epoch: 2 })
    await anchor.stop()
    await close()
    await rename(log, join(made, 'log'))
  }, MAKING_MS)
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'tranche-anchor-'))
    await cp(made, home, { recursive: true })
    directory = join(home, 'log')
    backup = join(home, 'backup')
    file = join(home, 'run', 'anchor.json')
  })
  afterEach(async () => {
    await close()
    await rm(home, { recursive: true, force: true })
  })
  afterAll(async () => {
    await rm(made, { recursive: true, force: true })
  })

  it('lets the log go on that it was taken of, and keeps its newest head at the stop', async () => {
    const store = await open()
    expect(await kept()).toMatchObject({ position: 5, streams: [{ stream: STREAM, version: 5 }] })
    const anchor = await keepAnchor(store, { file, account })
    await store.append('main/Y', [numbered(1)], { expected: 0, epoch: 2 })
    await anchor.stop()
    expect(await kept()).toMatchObject({ position: 6, streams: [{ stream: 'main/Y', version: 1 }] })
  })

  it('keeps the newest head now and then', async () => {
    const store = await open()
    const anchor = await keepAnchor(store, { file, account, everyMs: 5 })
    await store.append(STREAM, [numbered(6)], { expected: 5, epoch: 2 })
    await vi.waitFor(async () => {
      expect(await kept()).toMatchObject({ position: 6 })
    })
    await anchor.stop()
  })

  it('refuses an older backup, also one that was written on since; the anchor stays', async () => {
    const before = await kept()
    const restored = await open(backup)
    await expect(keepAnchor(restored, { file, account })).rejects.toMatchObject({ code: 'store.log.older' })
    const { lease } = (await restored.acquireLease({ scope: account, holder: 'first', ttlMs: TTL_MS })) as {
      lease: { epoch: number }
    }
    const others = [numbered(4, 'other'), numbered(5, 'others'), numbered(6)]
    await restored.append(STREAM, others, { expected: 3, epoch: lease.epoch })
    await expect(keepAnchor(restored, { file, account })).rejects.toMatchObject({ code: 'store.log.different' })
    expect(await kept()).toEqual(before)
  })

  it('refuses a new log in place of one that was deleted, and says what keeps it and how to go on', async () => {
    await rm(directory, { recursive: true })
    const begun = await open()
    const said =
      'a new one in place of one that was deleted or moved; https://github.com/tranchebook/tranchebook/blob/main/docs/recovery.md#a-log-that-was-restored says what to do'
    await expect(keepAnchor(begun, { file, account })).rejects.toMatchObject({
      code: 'store.log.different',
      message: expect.stringMatching(new RegExp(`${said}.*; ${file} keeps what was seen$`)) as unknown,
      details: { file },
    })
    await (await keepAnchor(begun, { file, account, isRestored: true })).stop()
    await (await keepAnchor(begun, { file, account })).stop()
  })

  it('is not overwritten by a log that became shorter meanwhile: that is said', async () => {
    const store = await open()
    const said: unknown[] = []
    const anchor = await keepAnchor(store, { file, account, failed: (error) => said.push(error) })
    const further = { ...(await store.takeAnchor()), position: 9 }
    await writeFile(file, JSON.stringify(further))
    await anchor.stop()
    expect(said).toMatchObject([{ code: 'store.log.older' }])
    expect(await kept()).toEqual(further)
  })

  it('is asked for once more after a wait: the backup that took the place of the log meanwhile is refused', async () => {
    const store = await open()
    const anchor = await keepAnchor(store, { file, account })
    await anchor.assertReached()
    await writeFile(file, JSON.stringify({ ...(await store.takeAnchor()), position: 9 }))
    await expect(anchor.assertReached()).rejects.toMatchObject({ code: 'store.log.older' })
  })

  it('refuses a file that holds none', async () => {
    await writeFile(file, '{"position":5')
    await expect(keepAnchor(await open(), { file, account })).rejects.toMatchObject({ code: 'store.anchor.unreadable' })
  })

  it('takes a restored log where that is said, and fences who wrote the lost one', async () => {
    const restored = await open(backup)
    const anchor = await keepAnchor(restored, { file, account, isRestored: true })
    const answer = await restored.acquireLease({ scope: account, holder: 'new', ttlMs: TTL_MS })
    expect(answer).toMatchObject({ type: 'granted', lease: { epoch: 1_000_002 } })
    const late = restored.append(STREAM, [numbered(4)], { expected: 3, epoch: 2 })
    await expect(late).rejects.toMatchObject({ code: 'store.fenced' })
    await restored.append(STREAM, [numbered(4)], { expected: 3, epoch: 1_000_002 })
    await anchor.stop()
    expect(await kept()).toMatchObject({ position: 4 })
    await (await keepAnchor(restored, { file, account, isRestored: true })).stop()
    const again = await restored.acquireLease({ scope: account, holder: 'new', ttlMs: TTL_MS })
    expect(again).toMatchObject({ lease: { epoch: 1_000_003 } })
  })
})

describe.each(engines)('epochs raised on $name', (engine) => {
  let store: SqlStore<ContractEvent>
  beforeEach(async () => {
    store = await engine.open({ decode: decodeContractEvent })
  })
  afterEach(async () => {
    await store.close()
  })
  const epochOf = async (scope: string): Promise<number> => {
    const { lease } = await store.acquireLease({ scope, holder: 'new', ttlMs: TTL_MS })
    return lease.epoch
  }

  it('of all that have one: their owners are fenced, in streams old and new; who has none goes on without', async () => {
    for (const scope of ['main', 'other']) await store.acquireLease({ scope, holder: 'new', ttlMs: TTL_MS })
    await store.append('main/X', [numbered(1)], { expected: 0, epoch: 1 })
    await store.append('free/X', [numbered(1)], { expected: 0 })
    expect(await store.raiseEpochs()).toBe(2)
    for (const [stream, expected] of [
      ['main/X', 1],
      ['main/Y', 0],
    ] as const)
      await expect(store.append(stream, [numbered(2)], { expected, epoch: 1 })).rejects.toMatchObject({
        code: 'store.fenced',
      })
    await store.append('free/X', [numbered(2)], { expected: 1 })
    expect([await epochOf('main'), await epochOf('other')]).toEqual([1_000_002, 1_000_002])
    expect(await numbersIn(store, 'main/X')).toEqual([1])
  })

  it('of one account, also where the backup is from before its first lease', async () => {
    await store.acquireLease({ scope: 'other', holder: 'new', ttlMs: TTL_MS })
    await store.append('main/X', [numbered(1)], { expected: 0 })
    expect(await store.raiseEpochs('main')).toBe(1)
    await expect(store.append('main/X', [numbered(2)], { expected: 1, epoch: 1 })).rejects.toMatchObject({
      code: 'store.fenced',
    })
    expect([await epochOf('main'), await epochOf('other')]).toEqual([1_000_001, 2])
  })
})
