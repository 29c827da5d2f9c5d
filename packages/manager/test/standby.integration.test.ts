import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, type Venue } from '@tranchebook/adapters'
import { type BookEvent, parseEvent, upcast } from '@tranchebook/core'
import { type EventStore, openEmbeddedStore, openMemoryStore, openPostgresStore } from '@tranchebook/store'
import { afterAll, describe, expect, it } from 'vitest'
import { TrancheManager } from '../src/index.js'
import { actAtVenue, cancelAllConditionals, openSimulated, simulatedAccount } from './simulated-account.js'
import { type StartedPostgres, startPostgres } from './start-postgres.js'

const SYMBOL = 'BTCUSDT'
const LEASE_MS = 3000

interface Opened {
  readonly store: EventStore<BookEvent>
  readonly close: () => Promise<void>
}

const ends: (() => Promise<void>)[] = []

afterAll(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

function inMemory(): Promise<Opened> {
  return Promise.resolve({ store: openMemoryStore<BookEvent>({ decode: parseEvent }), close: () => Promise.resolve() })
}

async function embedded(): Promise<Opened> {
  const directory = mkdtempSync(join(tmpdir(), 'tranche-standby-'))
  const store = await openEmbeddedStore<BookEvent>({ decode: upcast, directory })
  ends.push(() => Promise.resolve(rmSync(directory, { recursive: true, force: true })))
  return { store, close: () => store.close() }
}

const server: StartedPostgres | null = await startPostgres()
if (server !== null) ends.push(() => server.stop())

async function onPostgres(): Promise<Opened> {
  const store = await openPostgresStore<BookEvent>({ decode: upcast, connectionString: server?.connectionString ?? '' })
  return { store, close: () => store.close() }
}

const STORES = [
  ['memory', inMemory, true],
  ['PGlite', embedded, true],
  ['Postgres', onPostgres, server !== null],
] as const

describe.each(STORES)('two managers of one account on %s', (_name, open, isThere) => {
  it.skipIf(!isThere)(
    'the standby takes over from one that has died, finds its tranche and protects it',
    async () => {
      const { store, close } = await open()
      const setup = simulatedAccount({ slPercent: '2', tpPercent: '5' }, '10000')
      const connect = (): Venue => openSimulated({ exchange: setup.exchange, account: 'main', clock: systemClock })
      const kill = new AbortController()
      const options = { ...setup, store, clock: systemClock, leaseMs: LEASE_MS }
      const first = TrancheManager.open({ ...options, venue: connect(), holder: 'first', signal: kill.signal })
      await first.start()
      const standby = TrancheManager.open({ ...options, venue: connect(), holder: 'second', standby: true })
      const following = standby.start()
      await expect(
        TrancheManager.open({ ...options, venue: connect(), holder: 'third' }).start(),
      ).rejects.toMatchObject({
        code: 'manager.lease-held',
      })

      const created = heard(first, 'trancheCreated')
      actAtVenue(setup).move(SYMBOL, '50010')
      expect(await first.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' })).toMatchObject({
        accepted: true,
      })
      await created
      kill.abort()
      cancelAllConditionals(setup.exchange, 'main', SYMBOL)

      await following
      expect(standby.epoch).toBe((first.epoch ?? 0) + 1)
      expect(standby.getTranches(SYMBOL, 'LONG').map(({ quantity }) => quantity.toString())).toEqual(['0.02'])
      if (standby.accountState().unprotected.length > 0) await heard(standby, 'protectionRestored')
      expect((await standby.verifyProtection()).isProtected).toBe(true)
      await expect(first.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })).rejects.toMatchObject({
        code: 'manager.stopped',
      })
      await standby.stop()
      await close()
    },
    120_000,
  )
})

async function heard(manager: TrancheManager, event: 'trancheCreated' | 'protectionRestored'): Promise<void> {
  await new Promise<void>((resolve) => {
    manager.once(event, () => {
      resolve()
    })
  })
}
