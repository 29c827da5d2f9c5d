import { describe, expect, it } from 'vitest'
import { InvariantError } from '../errors.js'
import { clientOrderIdOf, intentOf, isOwnOrderId } from './client-order-id.js'

const STREAM = 'main/BTCUSDT'

describe('the client id of an order', () => {
  it('is a function of stream, intent and attempt', () => {
    const id = clientOrderIdOf({ stream: STREAM, intent: 1, attempt: 1 })
    expect(id).toBe(clientOrderIdOf({ stream: STREAM, intent: 1, attempt: 1 }))
    // First 60 bits of SHA-256("main/BTCUSDT") in base32; 1295 is "zz" in base 36
    expect(id).toBe('tbxg6tvasa3wx4-1-1')
    expect(clientOrderIdOf({ stream: STREAM, intent: 1295, attempt: 2 })).toBe('tbxg6tvasa3wx4-zz-2')
  })

  it.each([1, 1295, 36 ** 9 - 1])('tells its intent: %i', (intent) => {
    expect(intentOf(clientOrderIdOf({ stream: STREAM, intent, attempt: 2 }))).toBe(intent)
    expect(intentOf('web_1')).toBeNull()
  })

  it('differs wherever one of them does', () => {
    const names = ['main/BTCUSDT', 'main/ETHUSDT', 'second/BTCUSDT'].flatMap((stream) =>
      [1, 2, 36, 37].flatMap((intent) => [1, 2].map((attempt) => ({ stream, intent, attempt }))),
    )
    expect(new Set(names.map(clientOrderIdOf)).size).toBe(names.length)
  })

  it.each([
    [1, 1],
    [36 ** 9 - 1, 36 ** 3 - 1],
  ])('is accepted by every venue: intent %d, attempt %d', (intent, attempt) => {
    expect(clientOrderIdOf({ stream: 'x'.repeat(500), intent, attempt })).toMatch(/^[A-Za-z0-9_-]{1,28}$/)
  })

  it.each([
    [0, 1],
    [1, 0],
    [1.5, 1],
    [-1, 1],
    [36 ** 9, 1],
    [1, 36 ** 3],
    [Number.NaN, 1],
  ])('refuses intent %d, attempt %d', (intent, attempt) => {
    expect(() => clientOrderIdOf({ stream: STREAM, intent, attempt })).toThrow(InvariantError)
  })
})

describe('recognising our own', () => {
  const own = clientOrderIdOf({ stream: STREAM, intent: 7, attempt: 1 })

  it('knows its own prefix and shape', () => {
    expect(isOwnOrderId(own)).toBe(true)
    for (const foreign of [
      '',
      'tb',
      'web_abc',
      'tbxg6tvasa3wx4',
      `${own}-`,
      `x${own}`,
      own.toUpperCase(),
      'tbxg6tvasa3wx-7-1',
    ])
      expect(isOwnOrderId(foreign)).toBe(false)
  })

  it('tells the streams of one account apart', () => {
    expect(isOwnOrderId(own, STREAM)).toBe(true)
    expect(isOwnOrderId(own, 'main/BTCDOMUSDT')).toBe(false)
  })
})
