import { InputError } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../transport/verdict.js'
import type { WriteResult } from '../venue/write-result.js'
import { acknowledged, invalid, settled, withoutComplaint, worstOf } from './write-outcome.js'

const ACKNOWLEDGED = acknowledged({ clientOrderId: 'a', venueOrderId: '7' }, null)
const NOT_SENT = invalid('no price')
const UNKNOWN: WriteResult = { outcome: 'unknown', code: null, message: 'timed out' }

function refused(reason: Extract<WriteResult, { outcome: 'refused' }>['reason']): WriteResult {
  return { outcome: 'refused', reason, code: '-1', message: 'no', isPermanent: true, retryAfterMs: null }
}

it.each<[least: WriteResult, other: WriteResult]>([
  [UNKNOWN, refused('other')],
  [UNKNOWN, NOT_SENT],
  [UNKNOWN, ACKNOWLEDGED],
  [refused('other'), NOT_SENT],
  [refused('other'), ACKNOWLEDGED],
  [NOT_SENT, ACKNOWLEDGED],
])('the least certain result stands for both: %o, not %o', (least, other) => {
  expect(worstOf(least, other)).toBe(least)
  expect(worstOf(other, least)).toBe(least)
})

it('of two results that are as certain the first stands', () => {
  const second: WriteResult = { ...UNKNOWN, message: 'cut off' }
  expect(worstOf(UNKNOWN, second)).toBe(UNKNOWN)
})

describe('what is in force already', () => {
  it('is done', () => {
    expect(withoutComplaint(refused('no-change'), 'leverage')).toEqual(
      acknowledged({ clientOrderId: 'leverage', venueOrderId: null }, null),
    )
  })

  it.each([refused('other'), UNKNOWN, NOT_SENT, ACKNOWLEDGED])('is not claimed by %o', (result) => {
    expect(withoutComplaint(result, 'leverage')).toBe(result)
  })
})

describe('a good answer that cannot be read', () => {
  const done: Verdict = { outcome: 'done', status: 200, text: '{}', body: {} }

  it.each<[what: string, error: unknown, message: string]>([
    [
      'says what was missing',
      new InputError('venue.payload.malformed', 'orderId is 1', { details: { field: 'orderId', expected: 'an id' } }),
      'expected orderId to be an id',
    ],
    [
      'says at least which rule it broke',
      new InputError('venue.payload.malformed', 'what came'),
      'venue.payload.malformed',
    ],
    ['says no more than that where it breaks the program', new TypeError('secret'), 'unexpected'],
  ])('leaves the outcome open and %s', (_what, error, problem) => {
    const result = settled(done, () => {
      throw error
    })
    expect(result).toEqual({
      outcome: 'unknown',
      code: null,
      message: `the answer could not be understood: ${problem}`,
    })
  })
})
