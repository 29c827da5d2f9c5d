import { existsSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { EXIT } from '../../src/exit-codes.js'
import { FOLLOWED_MS, onStage } from './on-stage.js'
import { SYMBOL } from './stage.js'

it(
  'stopping',
  async () =>
    onStage({ seed: 61 }, async (stage) => {
      const owner = await stage.run('--mode', 'trade').live()
      stage.tradeByHand('BUY', '0.02')
      await stage.stopsRest(1)
      stage.gate.holdUp(/^POST /)
      stage.tradeByHand('BUY', '0.01')
      await owner.until(({ shield }) => (shield.protected ? null : true))
      const asked = Date.now()
      owner.signal('SIGINT')
      const { exitCode } = await owner.ended
      expect(exitCode).toBe(EXIT.fine)
      expect(Date.now() - asked).toBeLessThan(20_000)
      expect(stage.stops).toHaveLength(1)
      stage.gate.open()
    }),
  FOLLOWED_MS,
)

it(
  'stopped',
  async () =>
    onStage({ seed: 62 }, async (stage) => {
      const owner = await stage.run().live()
      stage.tradeByHand('BUY', '0.02')
      await stage.stopsRest(1)
      owner.signal('SIGINT')
      expect((await owner.ended).exitCode).toBe(EXIT.fine)
      expect(stage.stops).toHaveLength(1)
      stage.tradeByHand('BUY', '0.01')
      const again = await stage.run().live()
      await again.holds('0.03')
      await stage.stopsRest(2)
      expect((await again.recovers()).unknownOrders).toEqual([])
    }),
  FOLLOWED_MS,
)

it(
  'After a crash, a power cut, a kill -9',
  async () =>
    onStage({ seed: 63 }, async (stage) => {
      const owner = await stage.run().live()
      await owner.act({ command: 'openTranche', account: 'main', symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
      await stage.stopsRest(1)
      await owner.kill()
      const second = await stage.run().live()
      await second.act({ command: 'openTranche', account: 'main', symbol: SYMBOL, side: 'LONG', quantity: '0.03' })
      await stage.stopsRest(2)
      await second.kill()
      const third = await stage.run().live()
      await third.holds('0.05')
      expect(stage.stops).toHaveLength(2)
    }),
  FOLLOWED_MS,
)

it(
  'A log that was restored',
  async () =>
    onStage({ seed: 64 }, async (stage) => {
      const owner = await stage.run().live()
      await owner.act({ command: 'openTranche', account: 'main', symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
      await stage.stopsRest(1)
      owner.signal('SIGINT')
      await owner.ended
      await cp(stage.file('main'), stage.file('backup'), { recursive: true })
      const second = await stage.run().live()
      await second.act({ command: 'openTranche', account: 'main', symbol: SYMBOL, side: 'LONG', quantity: '0.03' })
      await stage.stopsRest(2)
      second.signal('SIGINT')
      await second.ended

      await rm(stage.file('main'), { recursive: true })
      for (const gone of [await stage.run().ended, await stage.ask('protect')]) {
        expect(gone.exitCode).toBe(EXIT.refused)
        expect(gone.stderr).toMatch(/no log in [^]*main.anchor.json keeps what was seen[^]*store\.log\.different/)
        expect(existsSync(stage.file('main'))).toBe(false)
      }
      await cp(stage.file('backup'), stage.file('main'), { recursive: true })
      const refused = await stage.run().ended
      expect([refused.exitCode, refused.stderr]).toEqual([
        EXIT.refused,
        expect.stringMatching(/older backup[^]*store\.log\.older/) as unknown,
      ])
      const repair = await stage.ask('protect')
      expect([repair.exitCode, repair.stderr]).toEqual([
        EXIT.refused,
        expect.stringContaining('store.log.older') as unknown,
      ])
      const raised = await stage.askLog('db', 'restored')
      expect([raised.exitCode, raised.stdout]).toEqual([
        EXIT.fine,
        expect.stringContaining('1 account raised') as unknown,
      ])
      const verified = await stage.askLog('db', 'verify', '--anchor', stage.file('main.anchor.json'))
      expect(verified.stdout).toContain('first older-than-anchor')

      const before = new Set(stage.stops.map(({ clientOrderId }) => clientOrderId))
      const restored = await stage.run('--accept-restored').live()
      await restored.holds('0.05')
      await restored.until(({ shield, unknownOrders }) =>
        shield.protected && unknownOrders.length === 0 ? true : null,
      )
      await stage.stopsRest(2)
      expect(stage.stops.filter(({ clientOrderId }) => before.has(clientOrderId))).toHaveLength(1)
      expect((await stage.ask('verify-protection')).exitCode).toBe(EXIT.fine)
      await restored.kill()
      await stage.run().live()
      await stage.done('reconcile', '--dry-run')
    }),
  FOLLOWED_MS,
)
