import { expect, it } from 'vitest'
import { createManualClock } from '../../test/manual-clock.js'
import { serverTimeRequest } from '../binance/wire/server-time.js'
import { createServerClock } from '../transport/server-clock.js'
import { readTimed } from './read-timed.js'

it.each([-600_000, 600_000])(
  'was asked for when it was, by the venue, although the clock is set by %d ms',
  async (by) => {
    const clock = createManualClock()
    const serverClock = createServerClock(clock, () => Promise.resolve(clock.monotonic() + 5_000))
    const read = async <Answer>(_request: unknown, parse: (body: unknown) => Answer): Promise<Answer> => {
      clock.advance(30)
      clock.set(clock.now() + by)
      clock.advance(40)
      return Promise.resolve(parse('told'))
    }
    const session = { clock, serverClock, reader: { read } }
    expect(await readTimed(session, serverTimeRequest, (body) => body)).toEqual({ answer: 'told', time: 5_000 })
  },
)
