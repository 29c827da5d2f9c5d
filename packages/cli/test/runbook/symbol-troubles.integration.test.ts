import { openBinance, Secret, type Venue } from '@tranchebook/adapters'
import { parseConfig, parseEvent, unknownInstrument } from '@tranchebook/core'
import { TrancheManager } from '@tranchebook/manager'
import { openMemoryStore } from '@tranchebook/store'
import { expect, it, vi } from 'vitest'
import { FOLLOWED_MS, onStage } from './on-stage.js'
import { type Stage, SYMBOL } from './stage.js'

const OTHER = 'ETHUSDT'
const BOTH = { symbols: { [SYMBOL]: {}, [OTHER]: {} } }

it(
  'priceSilent',
  async () =>
    onStage({ seed: 21, config: BOTH }, async (stage) => {
      const first = await stage.run().live()
      stage.tradeByHand('BUY', '0.5', OTHER)
      await stage.stopsRest(1)
      first.signal('SIGINT')
      await first.ended

      stage.gate.leaveOut('ethusdt@markPrice@1s')
      const owner = await stage.run().live()
      expect(await owner.suffers('priceSilent')).toMatchObject({ level: 'degraded', symbol: OTHER })
      expect(stage.stops).toHaveLength(1)
      const entry = { command: 'openTranche', account: 'main', side: 'LONG', quantity: '0.02' } as const
      expect((await owner.client.preview({ ...entry, symbol: OTHER })).confirmation).toBeNull()
      stage.tradeByHand('SELL', '0.5', OTHER)
      await owner.holds('0', OTHER)

      stage.gate.open()
      stage.venue.served.cutStreams()
      await owner.recovers()
      expect(await owner.act({ ...entry, symbol: OTHER })).toMatchObject([{ accepted: true }])
    }),
  FOLLOWED_MS,
)

function connect({ venue, gate }: Stage): Venue {
  const { rest, ws } = venue.served
  const { apiKey, apiSecret } = venue.keys.keys
  const key = { apiKey: new Secret(apiKey), apiSecret: new Secret(apiSecret) }
  return openBinance({
    account: 'main',
    key,
    hosts: { rest: gate.through(rest), streams: gate.through(ws), socketApi: '' },
  })
}

it(
  'filtersUnreadable',
  async () =>
    onStage({ seed: 23, config: BOTH }, async (stage) => {
      const venue = connect(stage)
      const fetchInstruments = venue.fetchInstruments.bind(venue)
      let isReadable = false
      venue.fetchInstruments = async () =>
        (await fetchInstruments()).map((instrument) =>
          isReadable || instrument.symbol !== OTHER ? instrument : { ...unknownInstrument(OTHER), isTrading: false },
        )
      const store = openMemoryStore({ decode: parseEvent })
      const config = parseConfig({ positionMode: 'ONE_WAY', ...BOTH })
      const manager = TrancheManager.open({ account: 'main', venue, store, config })
      await manager.start()
      expect(manager.health.reasons).toMatchObject([{ code: 'filtersUnreadable', symbol: OTHER }])
      const entry = { side: 'LONG', quantity: '0.02' } as const
      expect(await manager.openTranche({ ...entry, symbol: OTHER })).toMatchObject({ accepted: false })
      expect(await manager.openTranche({ ...entry, symbol: SYMBOL })).toMatchObject({ accepted: true })

      isReadable = true
      // Whoever names a symbol that nobody lists has the venue asked again.
      await expect(manager.addSymbol('NOSUCHUSDT')).rejects.toMatchObject({ code: 'manager.unknown-symbol' })
      expect(manager.health.status).toBe('live')
      await manager.stop()
      await venue.close()
    }),
  FOLLOWED_MS,
)

it(
  'cancelRefused',
  async () =>
    onStage({ seed: 24 }, async (stage) => {
      const venue = connect(stage)
      const cancel = venue.cancel.bind(venue)
      let isBanned = true
      venue.cancel = async (order) => {
        const no = { outcome: 'refused', reason: 'other', code: '-1099', message: 'No.', isPermanent: true } as const
        return isBanned ? { ...no, retryAfterMs: null } : cancel(order)
      }
      const store = openMemoryStore({ decode: parseEvent })
      const config = parseConfig({ positionMode: 'ONE_WAY', symbols: { [SYMBOL]: {} } })
      const manager = TrancheManager.open({ account: 'main', venue, store, config })
      await manager.start()
      const entry = { symbol: SYMBOL, side: 'LONG', quantity: '0.02', price: '30000' } as const
      expect(await manager.openTranche(entry)).toMatchObject({ accepted: true })
      await vi.waitFor(() => expect(manager.readBook(SYMBOL).book.orders.size).toBe(1))
      await manager.pause()
      await vi.waitFor(
        () => expect(manager.health.reasons).toMatchObject([{ code: 'cancelRefused', symbol: SYMBOL }]),
        { timeout: 15_000 },
      )
      expect(manager.health.reasons[0]?.message).toContain('-1099 No.')

      isBanned = false
      await vi.waitFor(() => expect(manager.health.status).toBe('live'), { timeout: 15_000 })
      expect(manager.readBook(SYMBOL).book.orders.size).toBe(0)
      await manager.stop()
      await venue.close()
    }),
  FOLLOWED_MS,
)

it(
  'symbolJoining',
  async () =>
    onStage({ seed: 22 }, async (stage) => {
      const venue = connect(stage)
      const store = openMemoryStore({ decode: parseEvent })
      const config = parseConfig({ positionMode: 'ONE_WAY', symbols: { [SYMBOL]: {} } })
      const manager = TrancheManager.open({ account: 'main', venue, store, config })
      await manager.start()
      stage.gate.holdUp(new RegExp(`symbol=${OTHER}`))
      const joined = manager.addSymbol(OTHER)
      await vi.waitFor(() => expect(manager.health.reasons).toMatchObject([{ code: 'symbolJoining', symbol: OTHER }]))
      const entry = { side: 'LONG', quantity: '0.02' } as const
      await vi.waitFor(() => expect(manager.canOpenNewTranche({ symbol: OTHER, ...entry }).allowed).toBe(false))
      expect(manager.canOpenNewTranche({ symbol: SYMBOL, ...entry }).allowed).toBe(true)
      stage.gate.open()
      await joined
      expect(manager.health.status).toBe('live')
      expect(manager.canOpenNewTranche({ symbol: OTHER, ...entry }).allowed).toBe(true)
      await manager.stop()
      await venue.close()
    }),
  FOLLOWED_MS,
)

it(
  'closingRuleBroken',
  async () =>
    onStage({ seed: 23 }, async (stage) => {
      const closes = parseConfig(
        { positionMode: 'ONE_WAY', symbols: { [SYMBOL]: { closingStrategy: 'MINE' } } },
        { closingRules: ['MINE'] },
      )
      const store = openMemoryStore({ decode: parseEvent })
      const venue = connect(stage)
      const manager = TrancheManager.open({
        account: 'main',
        venue,
        store,
        config: closes,
        closingRules: new Map([['MINE', () => []]]),
      })
      await manager.start()
      stage.tradeByHand('BUY', '0.5')
      await stage.stopsRest(1)
      stage.tradeByHand('SELL', '0.2')
      await vi.waitFor(
        () => expect(manager.health.reasons).toMatchObject([{ code: 'closingRuleBroken', symbol: SYMBOL }]),
        { timeout: 10_000 },
      )
      expect(manager.canOpenNewTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' }).allowed).toBe(false)
      expect(manager.getTranches(SYMBOL, 'LONG').map(({ quantity }) => quantity.toString())).toEqual(['0.3'])
      await manager.stop()
      await venue.close()

      const config = parseConfig({ positionMode: 'ONE_WAY', symbols: { [SYMBOL]: {} } })
      const again = connect(stage)
      const mended = TrancheManager.open({ account: 'main', venue: again, store, config })
      await mended.start()
      expect(mended.health.status).toBe('live')
      expect(stage.stops).toHaveLength(1)
      await mended.stop()
      await again.close()
    }),
  FOLLOWED_MS,
)
