import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import { collect, numbered, range } from '../src/contract/contract-case.js'
import { openEmbeddedStore, openPostgresStore } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { embeddedDirectory } from './embedded-directory.js'
import { startPostgres } from './postgres-server.js'
import { printedSeed, Random, rounds } from './random.js'

const server = await startPostgres('own')
const APPENDER = fileURLToPath(new URL('append-forever.ts', import.meta.url))
const ROUNDS = rounds('STORE_KILL_ROUNDS', 1)

/** Stream and version of each event that was acknowledged, by id. */
type Acknowledged = Map<string, string>

afterAll(async () => {
  await server?.stop()
})

function note(acknowledged: Acknowledged, line: string): void {
  const [stream = '', first = '', ids = ''] = line.split(' ')
  for (const [index, id] of ids.split(',').entries()) acknowledged.set(`${stream} ${id}`, `${Number(first) + index}`)
}

/** Lets a process append, and kills it after a random number of acknowledgements or a random time. */
async function appendUntilKilled(args: readonly string[], random: Random, acknowledged: Acknowledged): Promise<number> {
  const child = spawn(process.execPath, ['--conditions=@tranchebook/source', '--import', 'tsx', APPENDER, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = (): boolean => child.kill('SIGKILL')
  const isTimed = random.below(4) === 0
  const timer = isTimed ? setTimeout(kill, random.below(3000)) : null
  const most = random.below(60)
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'open') note(acknowledged, line)
    lines += 1
    if (!isTimed && lines > most) kill()
  }
  if (timer !== null) clearTimeout(timer)
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return lines
}

/** Everything acknowledged is there, once, where it was said to be; nothing else than whole appends is there; the log goes on. */
async function expectWhole(store: SqlStore<ContractEvent>, acknowledged: Acknowledged): Promise<number> {
  const events = await collect(store.readAll())
  expect(events.map(({ position }) => position)).toEqual(range(1, events.length))
  const found = new Map(events.map(({ stream, id, version }) => [`${stream} ${id}`, `${version}`]))
  expect(found.size).toBe(events.length)
  for (const [key, version] of acknowledged) expect(`${key} ${found.get(key)}`).toBe(`${key} ${version}`)
  expect(await store.verify()).toMatchObject({ status: 'clean', events: events.length })
  const version = (await store.streamHead('a/X'))?.version ?? 0
  await store.append('a/X', [numbered(0, `after ${events.length}`)], { expected: version })
  return events.length
}

describe('kill -9 while appending', () => {
  it.skipIf(server === null)(
    'Postgres: nothing acknowledged is lost, nothing is there twice',
    async () => {
      const random = new Random(printedSeed('kill the writer of a server'))
      const url = await server!.createMigratedDatabase()
      const acknowledged: Acknowledged = new Map()
      const store = await openPostgresStore({ connectionString: url, decode: decodeContractEvent })
      let events = 0
      for (const round of range(1, ROUNDS)) {
        await appendUntilKilled(['postgres', url, `${round}`], random, acknowledged)
        if (round % 20 === 0 || round === ROUNDS) events = await expectWhole(store, acknowledged)
      }
      await store.close()
      console.info(`${ROUNDS} kills, ${acknowledged.size} events acknowledged, ${events} in the log`)
      expect(events).toBeGreaterThanOrEqual(acknowledged.size)
    },
    ROUNDS * 20_000 + 60_000,
  )

  it.skipIf(server?.crash == null)(
    'Postgres: the server killed under a writer that goes on afterwards',
    async () => {
      const random = new Random(printedSeed('kill the server'))
      const url = await server!.createMigratedDatabase()
      const acknowledged: Acknowledged = new Map()
      for (const round of range(1, Math.ceil(ROUNDS / 3))) {
        const writing = appendUntilKilled(['postgres', url, `${round}`], random, acknowledged)
        await Promise.all([writing, server!.crash?.()])
        const store = await openPostgresStore({ connectionString: url, decode: decodeContractEvent })
        await expectWhole(store, acknowledged)
        await store.close()
      }
    },
    ROUNDS * 20_000 + 60_000,
  )

  it(
    'PGlite: nothing acknowledged is lost, nothing is there twice',
    async () => {
      const random = new Random(printedSeed('kill the embedded database'))
      const directory = await embeddedDirectory()
      const acknowledged: Acknowledged = new Map()
      let events = 0
      for (const round of range(1, ROUNDS)) {
        await appendUntilKilled(['pglite', directory, `${round}`], random, acknowledged)
        if (round % 20 !== 0 && round !== ROUNDS) continue
        const store = await openEmbeddedStore({ directory, decode: decodeContractEvent })
        events = await expectWhole(store, acknowledged)
        await store.close()
      }
      await rm(directory, { recursive: true })
      console.info(`${ROUNDS} kills, ${acknowledged.size} events acknowledged, ${events} in the log`)
    },
    ROUNDS * 30_000 + 60_000,
  )
})
