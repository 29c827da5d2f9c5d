import { describe, expect, it } from 'vitest'
import { CONFIRM_WITHIN_MS, Confirmations } from './confirmations.js'

const CLOSE = { account: 'main', symbol: 'BTCUSDT', fields: { command: 'closeTranche', tranche: 'T1' } }

describe('a confirmation', () => {
  it('is good for its action, whatever the order of the fields', () => {
    const confirmations = new Confirmations(() => 1000)
    const { token, expiresTime } = confirmations.give(CLOSE)
    expect(expiresTime).toBe(1000 + CONFIRM_WITHIN_MS)
    const turned = { fields: { tranche: 'T1', command: 'closeTranche' }, symbol: 'BTCUSDT', account: 'main' }
    expect(confirmations.take(token, turned)).toBeNull()
  })

  it('is good once', () => {
    const confirmations = new Confirmations(() => 1000)
    const { token } = confirmations.give(CLOSE)
    expect(confirmations.take(token, CLOSE)).toBeNull()
    expect(confirmations.take(token, CLOSE)).toBe('it was used before')
  })

  it('is good for a minute', () => {
    const clock = { now: 1000 }
    const confirmations = new Confirmations(() => clock.now)
    const { token } = confirmations.give(CLOSE)
    const { token: late } = confirmations.give(CLOSE)
    clock.now += CONFIRM_WITHIN_MS
    expect(confirmations.take(token, CLOSE)).toBeNull()
    clock.now += 1
    expect(confirmations.take(late, CLOSE)).toBe('it is too old')
  })

  it('stays used even after others were forgotten', () => {
    const clock = { now: 1000 }
    const confirmations = new Confirmations(() => clock.now)
    const first = confirmations.give(CLOSE).token
    expect(confirmations.take(first, CLOSE)).toBeNull()
    clock.now += CONFIRM_WITHIN_MS + 1
    const second = confirmations.give(CLOSE).token
    expect(confirmations.take(second, CLOSE)).toBeNull()
    expect(confirmations.take(first, CLOSE)).toBe('it is too old')
    expect(confirmations.take(second, CLOSE)).toBe('it was used before')
  })

  it('is not good for anything that differs, nor from another server', () => {
    const confirmations = new Confirmations(() => 1000)
    const { token } = confirmations.give(CLOSE)
    const [expires = '', nonce = '', signature = ''] = token.split('.')
    const wrong = 'it belongs to another action'
    expect(confirmations.take(token, { ...CLOSE, symbol: 'ETHUSDT' })).toBe(wrong)
    expect(confirmations.take(token, { ...CLOSE, fields: { ...CLOSE.fields, quantity: '1' } })).toBe(wrong)
    expect(confirmations.take(`${Number(expires) + 60_000}.${nonce}.${signature}`, CLOSE)).toBe(wrong)
    expect(confirmations.take(`${expires}.other.${signature}`, CLOSE)).toBe(wrong)
    expect(confirmations.take('', CLOSE)).toBe(wrong)
    expect(new Confirmations(() => 1000).take(token, CLOSE)).toBe(wrong)
  })
})
