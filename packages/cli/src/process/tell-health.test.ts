import { describe, expect, it } from 'vitest'
import { healthLines } from './tell-health.js'

describe('healthLines', () => {
  it('of an account that is live are one word', () => {
    expect(healthLines({ status: 'live', reasons: [] })).toEqual(['health live'])
  })

  it('name each reason, its book, and where to read on', () => {
    const since = 1_714_000_000_000
    expect(
      healthLines({
        status: 'halted',
        reasons: [
          { code: 'positionMode', message: 'the account is in ONE_WAY mode', level: 'halted', symbol: null, since },
          { code: 'marksGap', message: 'the stream of prices is broken', level: 'degraded', symbol: 'BTCUSDT', since },
        ],
      }),
    ).toEqual([
      'health halted',
      '  positionMode: the account is in ONE_WAY mode',
      '  marksGap of BTCUSDT: the stream of prices is broken',
      '  https://github.com/tranchebook/tranchebook/blob/main/docs/recovery.md says under these names what to do',
    ])
  })
})
