import { describe, expect, it } from 'vitest'
import { StoreError } from '../store-errors.js'
import { isOutage } from './is-outage.js'

const stated = (code: string): Error => Object.assign(new Error('of the database'), { code, severity: 'ERROR' })
const ofSystem = (code: string): Error => Object.assign(new Error('of the system'), { code })

describe('outages', () => {
  it.each(['08006', '08P01', '57P01', '57P02', '57P03', '53300', '40001', '40P01', '25006'])('%s passes', (state) => {
    expect(isOutage(stated(state))).toBe(true)
  })

  it.each(['XX001', 'XX000', '58030', '57P04', '42P01', '42501', '28P01', '22P02', '53100'])(
    '%s would fail again',
    (state) => {
      expect(isOutage(stated(state))).toBe(false)
    },
  )

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'])('%s passes', (code) => {
    expect(isOutage(ofSystem(code))).toBe(true)
  })

  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
    'timeout expired',
    'Query read timeout',
  ])('“%s” passes', (message) => {
    expect(isOutage(new Error(message))).toBe(true)
  })

  it.each([
    new Error('made to fail'),
    new TypeError('x is not a function'),
    new StoreError('store.event.unreadable', 'the event cannot be read'),
    ofSystem('ENOENT'),
    'Connection terminated',
  ])('%s is no outage', (error) => {
    expect(isOutage(error)).toBe(false)
  })
})
