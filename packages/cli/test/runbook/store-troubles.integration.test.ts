import { readFile, writeFile } from 'node:fs/promises'
import { type BookEvent, parseEvent } from '@tranchebook/core'
import { openPostgresStore, type SqlStore } from '@tranchebook/store'
import { expect, it } from 'vitest'
import { EXIT } from '../../src/exit-codes.js'
import { FOLLOWED_MS, onStage } from './on-stage.js'
import { type Stage, SYMBOL } from './stage.js'

const STREAM = `main/${SYMBOL}`

async function openStore({ database }: Stage): Promise<SqlStore<BookEvent>> {
  return openPostgresStore({ connectionString: database!.server.connectionString, decode: parseEvent })
}

/** Somebody locks what an append has to write to, until the answer is called. */
async function lockLog(store: SqlStore<BookEvent>): Promise<() => Promise<void>> {
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let taken = (): void => undefined
  const locked = new Promise<void>((resolve) => {
    taken = resolve
  })
  const holding = store.db.transaction().execute(async (transaction) => {
    await transaction.selectFrom('tranche_streams').selectAll().forUpdate().execute()
    taken()
    await held
  })
  await locked
  return async () => {
    letGo()
    await holding
  }
}

it(
  'storeStuck',
  async () =>
    onStage({ seed: 31, log: 'postgres' }, async (stage) => {
      const owner = await stage.run().live()
      stage.tradeByHand('BUY', '0.02')
      await stage.stopsRest(1)
      const store = await openStore(stage)
      const release = await lockLog(store)
      stage.tradeByHand('BUY', '0.01')
      expect(await owner.suffers('storeStuck')).toMatchObject({ level: 'degraded', symbol: SYMBOL })
      expect(stage.stops).toHaveLength(1)
      expect((await stage.askLog('db', 'verify')).exitCode).toBe(EXIT.fine)
      await release()
      await store.close()
      await owner.recovers()
      await stage.stopsRest(2)

      stage.database!.wire.freeze()
      stage.tradeByHand('BUY', '0.01')
      await owner.says('no answer for 2000 ms')
      expect(stage.stops).toHaveLength(2)
      stage.database!.wire.thaw()
      await owner.recovers()
      await stage.stopsRest(3)
    }),
  FOLLOWED_MS,
)

it(
  'leaseLost',
  async () =>
    onStage({ seed: 32, log: 'postgres' }, async (stage) => {
      const first = await stage.run().live()
      stage.tradeByHand('BUY', '0.02')
      await stage.stopsRest(1)
      const beside = await stage.run('--no-page').ended
      expect([beside.exitCode, beside.stderr]).toEqual([
        EXIT.refused,
        expect.stringContaining(' is run by ') as unknown,
      ])

      first.signal('SIGSTOP')
      const second = await stage.run('--standby').live()
      first.signal('SIGCONT')
      const { exitCode, stderr } = await first.ended
      expect([exitCode, stderr]).toEqual([
        EXIT.refused,
        expect.stringContaining('another process owns the account') as unknown,
      ])
      await second.holds('0.02')
      expect(stage.stops).toHaveLength(1)

      stage.database!.wire.freeze()
      await second.says('leaseLost')
      expect(stage.stops).toHaveLength(1)
      stage.database!.wire.thaw()
      expect((await second.ended).exitCode).toBe(EXIT.refused)
      const third = await stage.run('--standby').live()
      await third.holds('0.02')
    }),
  FOLLOWED_MS,
)

it(
  'otherWriter',
  async () =>
    onStage({ seed: 34 }, async (stage) => {
      const first = await stage.run().live()
      stage.tradeByHand('BUY', '0.02')
      await stage.stopsRest(1)
      const refused = await stage.run('--directory', stage.file('elsewhere')).ended
      expect([refused.exitCode, refused.stderr]).toEqual([
        EXIT.refused,
        expect.stringMatching(/got one that process \d+ \(.*; the database in .*main\) runs/) as unknown,
      ])

      const config = stage.file('under-another-name.json')
      const text = await readFile(stage.file('tranchebook.json'), 'utf8')
      await writeFile(config, text.replaceAll('127.0.0.1', 'localhost'))
      const second = stage.run('--config', config, '--directory', stage.file('elsewhere'))
      await second.live()
      await first.says('otherWriter')
      await second.says('otherWriter')
      expect(stage.stops.length).toBeGreaterThan(1)
      second.signal('SIGINT')
      await second.ended
      first.signal('SIGINT')
      await first.ended
      const again = await stage.run().live()
      await stage.stopsRest(1)
      expect((await again.recovers()).shield.protected).toBe(true)
    }),
  FOLLOWED_MS,
)

it(
  'bookHalted',
  async () =>
    onStage({ seed: 33, log: 'postgres', config: { symbols: { [SYMBOL]: {}, ETHUSDT: {} } } }, async (stage) => {
      const owner = await stage.run().live()
      stage.tradeByHand('BUY', '0.02')
      await stage.stopsRest(1)
      const store = await openStore(stage)
      const header = {
        version: 1,
        time: Date.now(),
        causationId: 'x',
        correlationId: 'x',
        because: { rule: 'x' },
      } as const
      const closed = { tranche: 'T99', side: 'LONG', exitPrice: '1', realizedPnl: '0', reason: 'x' } as const
      const event = { ...header, type: 'TrancheClosed', ...closed } as const
      await store.append(STREAM, [{ id: 'x', event }], { expected: 'any', epoch: 1 })
      await store.close()
      stage.tradeByHand('BUY', '0.01')
      expect(await owner.suffers('bookHalted')).toMatchObject({ level: 'halted', symbol: SYMBOL })
      stage.tradeByHand('BUY', '0.5', 'ETHUSDT')
      await owner.holds('0.5', 'ETHUSDT')

      expect((await stage.askLog('db', 'verify')).exitCode).toBe(EXIT.fine)
      const kept = stage.file('halted.jsonl')
      expect((await stage.askLog('log', 'export', STREAM, '-o', kept)).exitCode).toBe(EXIT.fine)
      expect((await readFile(kept, 'utf8')).trimEnd().split('\n').at(-1)).toContain('"T99"')
      const looked = await stage.ask('verify-protection')
      expect([looked.exitCode, looked.stdout]).toEqual([
        EXIT.uncovered,
        expect.stringMatching(/its book has stopped .*0\.01 of it without a stop/) as unknown,
      ])

      owner.signal('SIGINT')
      expect((await owner.ended).exitCode).toBe(EXIT.fine)
      const again = await stage.run('--mode', 'protect').live()
      expect(await again.suffers('bookHalted')).toMatchObject({ symbol: SYMBOL })
      await again.holds('0.5', 'ETHUSDT')
      again.signal('SIGINT')
      expect((await again.ended).exitCode).toBe(EXIT.fine)

      await stage.configure({ account: 'second' })
      await stage.run('--mode', 'protect').live()
      await stage.stopsRest(4)
      expect((await stage.ask('verify-protection')).exitCode).toBe(EXIT.fine)
    }),
  FOLLOWED_MS,
)
