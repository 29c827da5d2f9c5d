import { cancelAllConditionals, setHedgeMode } from '@tranchebook/simulator'
import { expect, it } from 'vitest'
import { EXIT } from '../../src/exit-codes.js'
import { FOLLOWED_MS, onStage } from './on-stage.js'
import { SYMBOL } from './stage.js'

const ALL = { account: 'main', symbol: null } as const

it(
  'positionMode',
  async () =>
    onStage({ seed: 51 }, async (stage) => {
      const { exchange } = stage.venue
      const owner = await stage.run().live()
      setHedgeMode(exchange, 'main', true)
      expect(await owner.suffers('positionMode')).toMatchObject({ level: 'halted', symbol: null })
      setHedgeMode(exchange, 'main', false)
      await owner.act({ command: 'resume', ...ALL })
      await owner.recovers()

      setHedgeMode(exchange, 'main', true)
      owner.signal('SIGINT')
      expect((await owner.ended).exitCode).toBe(EXIT.fine)
      stage.tradeByHand('BUY', '0.02', SYMBOL, 'LONG')
      await stage.configure({ positionMode: 'HEDGE', account: 'second' })
      const other = await stage.run().live()
      await other.holds('0.02')
      await stage.stopsRest(1)
    }),
  FOLLOWED_MS,
)

it(
  'Books and venue differ',
  async () =>
    onStage({ seed: 52 }, async (stage) => {
      const owner = await stage.run('--mode', 'protect').live()
      stage.tradeByHand('BUY', '0.02')
      await stage.stopsRest(1)
      await owner.holds('0.02')
      const compared = await stage.ask('reconcile', '--dry-run')
      expect([compared.exitCode, compared.stdout]).toEqual([
        EXIT.fine,
        expect.stringContaining('nothing to do') as unknown,
      ])

      await owner.kill()
      stage.forgetTrades()
      stage.tradeByHand('BUY', '0.03')
      stage.forgetTrades()
      const more = await stage.ask('adopt', '--dry-run')
      expect(more.stdout).toContain('would book BTCUSDT: T2 LONG 0.03')
      await stage.done('adopt')
      expect(stage.stops).toHaveLength(2)
      expect((await stage.ask('adopt', '--roll-back', '--dry-run')).stdout).toContain('would cancel BTCUSDT')
      expect((await stage.ask('adopt', '--roll-back')).exitCode).toBe(EXIT.uncovered)
      expect([stage.held(), stage.stops.length]).toEqual(['0.05', 1])

      stage.tradeByHand('SELL', '0.04')
      stage.forgetTrades()
      await stage.done('adopt')
      expect(stage.held()).toBe('0.01')

      stage.tradeByHand('SELL', '0.03')
      stage.forgetTrades()
      const conflict = await stage.ask('reconcile', '--dry-run')
      expect(conflict.stdout).toContain('conflict oppositeSide')
      const planned = await stage.ask('reconcile', '--take-over', SYMBOL, '--dry-run')
      expect([planned.exitCode, planned.stdout]).toEqual([
        EXIT.fine,
        expect.stringMatching(/would book BTCUSDT: T\d SHORT 0\.02/) as unknown,
      ])
      const running = await stage.run('--mode', 'protect').live()
      const taken = await stage.ask('reconcile', '--take-over', SYMBOL)
      expect([taken.exitCode, taken.stderr]).toEqual([
        EXIT.fine,
        expect.stringContaining('owns the account') as unknown,
      ])
      await running.holds('-0.02')
      await stage.done('verify-protection')
    }),
  FOLLOWED_MS,
)

it(
  'An order whose outcome is unknown',
  async () =>
    onStage({ seed: 53 }, async (stage) => {
      const owner = await stage.run('--mode', 'protect').live()
      stage.gate.holdUp(/^POST .*algoOrder/)
      stage.tradeByHand('BUY', '0.02')
      await owner.until(({ unknownOrders }) => (unknownOrders.length > 0 ? true : null))
      stage.gate.open()
      await stage.stopsRest(1)
      await owner.until(({ unknownOrders }) => (unknownOrders.length === 0 ? true : null))
      expect((await stage.ask('verify-protection')).exitCode).toBe(EXIT.fine)
      cancelAllConditionals(stage.venue.exchange, 'main', SYMBOL)
      await stage.stopsRest(1)
    }),
  FOLLOWED_MS,
)
