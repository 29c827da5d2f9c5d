import assert from 'node:assert/strict'
import { assertOutcome, assertRefused } from './trial.js'
import type { KeyKind } from './venue-bench.js'
import type { VenueCase } from './venue-case.js'

/** A clear error, at once, and no loop: with keys that the venue does not accept nothing can be done. */
function wrongKeys(number: number, keys: KeyKind, words: string): VenueCase {
  return {
    id: `VE-${number}`,
    title: `says that ${words}, at every door, without trying again`,
    needs: ['keys'],
    setting: { keys },
    run: async ({ venue, order, symbol, requests, trades }) => {
      const before = requests()
      const refusal = { name: 'VenueError', code: 'venue.credentials.refused' }
      const result = await venue.submit(order('A1'))
      assertRefused(result, 'credentials')
      assertOutcome(result, 'refused')
      assert.ok(result.isPermanent)
      await assert.rejects(venue.fetchOpenOrders(symbol), refusal)
      await assert.rejects(trades(), refusal)
      if (keys === 'unknown') {
        const stream = venue.streamAccount(() => undefined)
        await assert.rejects(stream.opened, refusal)
        await stream.close()
      }
      assert.ok(requests() - before <= 14, `expected a handful of requests, got ${requests() - before}`)
    },
  }
}

/** Who may do what. */
export const accessCases: readonly VenueCase[] = [
  wrongKeys(100, 'wrongSecret', 'the signature is wrong'),
  wrongKeys(101, 'unknown', 'the key is unknown'),
  {
    id: 'VE-102',
    title: 'looks and does not trade with keys that may only look, and says so',
    needs: ['keys'],
    setting: { keys: 'readOnly' },
    run: async ({ venue, order, symbol, refOf, listen, priceAt }) => {
      assert.deepEqual(await venue.fetchOpenOrders(symbol), [])
      await listen()
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1) })
      const results = [
        await venue.submit(request),
        await venue.cancel(refOf(request)),
        await venue.cancelAll(symbol),
        await venue.setLeverage(symbol, 5),
        ...(await venue.submitMany([request, order('A2')])),
      ]
      for (const result of results) {
        assertRefused(result, 'credentials')
        assert.ok('isPermanent' in result && result.isPermanent)
      }
    },
  },
]
