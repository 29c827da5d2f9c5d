import { setImmediate } from 'node:timers/promises'
import { createVirtualClock, faultsByHand, openSimulated } from '@tranchebook/simulator'
import type { VenueBench } from '../../src/contract/index.js'
import { FACTS, type Likeness, marketHands, openMarket } from './market.js'

const MOMENT_MS = 50
const LATE_MS = 300

/** The simulated venue in this process, on a clock that is moved by hand. */
export function simulatedBench(likeness: Likeness): VenueBench {
  return {
    name: `the simulated venue in the likeness of ${likeness}`,
    lacks: ['keys', 'clock', 'bans', 'listenKeys', ...(likeness === 'aster' ? (['lateTriggers'] as const) : [])],
    open: (setting) => {
      const exchange = openMarket(likeness, setting)
      const clock = createVirtualClock(exchange)
      const faults = faultsByHand({ delayMs: LATE_MS })
      const venue = openSimulated({ exchange, account: 'main', clock, faults })
      return Promise.resolve({
        ...FACTS,
        venue,
        candles: venue,
        secrets: [],
        requests: () => 0,
        pause: async () => {
          clock.advance(MOMENT_MS)
          await setImmediate()
        },
        close: () => venue.close(),
        hands: {
          ...marketHands(exchange, () => clock.now()),
          failNextWrite: (fault) => {
            faults.write(fault)
          },
          failNextRead: (fault) => {
            faults.read(fault)
          },
          cutStreams: () => {
            venue.cutStreams('cut by hand')
          },
          expireListenKey: () => undefined,
          advance: (ms) => {
            clock.advance(ms)
          },
        },
      })
    },
  }
}
