import { expect, it } from 'vitest'
import { EXIT } from '../../src/exit-codes.js'
import { FOLLOWED_MS, onStage } from './on-stage.js'

it(
  'venueResync',
  async () =>
    onStage({ seed: 11 }, async (stage) => {
      const owner = await stage.run().live()
      stage.gate.holdUp(/positionRisk/)
      stage.venue.served.cutStreams()
      expect(await owner.suffers('venueResync')).toMatchObject({ level: 'degraded', symbol: null })
      stage.gate.open()
      await owner.recovers()
    }),
  FOLLOWED_MS,
)

it(
  'venueGap',
  async () =>
    onStage({ seed: 12 }, async (stage) => {
      const owner = await stage.run().live()
      stage.gate.refuse(/listenKey|\/private\//)
      expect(await owner.suffers('venueGap')).toMatchObject({ level: 'degraded', symbol: null })
      stage.tradeByHand('BUY', '0.02')
      await owner.until(({ lastPriceTime, time }) => (lastPriceTime !== null && time > lastPriceTime ? true : null))
      expect(stage.stops).toEqual([])
      expect((await stage.ask('doctor')).stdout).toContain('accepts the keys')
      stage.gate.open()
      await owner.recovers()
      await stage.stopsRest(1)
    }),
  FOLLOWED_MS,
)

it(
  'marksGap',
  async () =>
    onStage({ seed: 13 }, async (stage) => {
      const owner = await stage.run().live()
      stage.tradeByHand('BUY', '0.02')
      await stage.stopsRest(1)
      stage.gate.refuse(/\/market\//)
      expect(await owner.suffers('marksGap')).toMatchObject({ level: 'degraded', symbol: null })
      stage.move('40000')
      await owner.holds('0')
      stage.gate.open()
      await owner.recovers()
    }),
  FOLLOWED_MS,
)

const IMPATIENT = { defaults: { slPercent: '5', tpPercent: '10', reconcileIntervalMs: 1000 } }

it(
  'venueUnreachable',
  async () =>
    onStage({ seed: 14, config: IMPATIENT }, async (stage) => {
      const owner = await stage.run().live()
      stage.gate.refuse(/ \/fapi\//)
      expect(await owner.suffers('venueUnreachable')).toMatchObject({ level: 'degraded', symbol: null })
      const examined = await stage.ask('doctor')
      expect([examined.exitCode, examined.stdout]).toEqual([
        EXIT.unfit,
        expect.stringContaining('could not be checked'),
      ])
      stage.gate.open()
      await owner.recovers()
    }),
  FOLLOWED_MS,
)
