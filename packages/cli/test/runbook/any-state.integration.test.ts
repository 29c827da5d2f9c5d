import { expect, it } from 'vitest'
import { EXIT } from '../../src/exit-codes.js'
import { FOLLOWED_MS, onStage } from './on-stage.js'

it(
  'First, in any state',
  async () =>
    onStage({ seed: 41 }, async (stage) => {
      await stage.done('verify-protection')
      stage.tradeByHand('BUY', '0.02')
      const bare = await stage.ask('verify-protection')
      expect([bare.exitCode, bare.stdout]).toEqual([
        EXIT.uncovered,
        expect.stringContaining('NOT PROTECTED') as unknown,
      ])
      const dry = await stage.ask('protect', '--dry-run')
      expect([dry.exitCode, dry.stdout]).toEqual([
        EXIT.fine,
        expect.stringContaining('would send BTCUSDT: stop') as unknown,
      ])
      expect(stage.stops).toEqual([])
      await stage.done('protect')
      expect(stage.stops).toHaveLength(1)
      await stage.done('verify-protection')

      const owner = await stage.run().live()
      const asked = await stage.ask('protect')
      expect([asked.exitCode, asked.stderr]).toEqual([
        EXIT.fine,
        expect.stringContaining('owns the account') as unknown,
      ])
      owner.signal('SIGSTOP')
      const refused = await stage.ask('protect')
      expect(refused.exitCode).toBe(EXIT.refused)
      await owner.kill()
      await stage.done('protect')
      await stage.done('doctor')

      stage.gate.refuse(/./)
      expect((await stage.ask('verify-protection')).exitCode).toBe(EXIT.refused)
      stage.gate.open()
      await stage.configure({ positionMode: 'HEDGE', account: 'second' })
      const unfit = await stage.ask('doctor')
      expect([unfit.exitCode, unfit.stdout]).toEqual([EXIT.unfit, expect.stringContaining('NOT FIT') as unknown])
    }),
  FOLLOWED_MS,
)

it(
  'Status starting',
  async () =>
    onStage({ seed: 42 }, async (stage) => {
      stage.gate.refuse(/./)
      const owner = stage.run()
      await stage.logSays('the venue has not answered: asking again')
      stage.gate.open()
      await owner.live()
      expect((await owner.client.state()).health.status).toBe('live')
    }),
  FOLLOWED_MS,
)

it(
  'Status live',
  async () =>
    onStage({ seed: 43 }, async (stage) => {
      const owner = await stage.run().live()
      expect(await owner.recovers()).toMatchObject({ health: { reasons: [] }, unknownOrders: [] })
    }),
  FOLLOWED_MS,
)
