import { describe, expect, it } from 'vitest'
import { ASTER_CODES } from '../aster/error-codes.js'
import { BINANCE_CODES } from '../binance/error-codes.js'
import { classifyExchange } from './classify-exchange.js'
import type { HttpExchange } from './http-client.js'
import type { Verdict } from './verdict.js'

const scrub = (text: string): string => text
/** 20 s into a minute. */
const TIME = 1_700_000_060_000
const binance = { dialect: { codes: BINANCE_CODES, isAny503Unknown: false }, scrub, hideSecrets: scrub, time: TIME }
const aster = { dialect: { codes: ASTER_CODES, isAny503Unknown: true }, scrub, hideSecrets: scrub, time: TIME }

const answered = (status: number, text: string, headers: Record<string, string> = {}): HttpExchange => ({
  type: 'answered',
  status,
  text,
  headers,
})
const coded = (code: number, status = 400): HttpExchange =>
  answered(status, JSON.stringify({ code, msg: `message of ${code}` }))

function inShort(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'done':
      return 'done'
    case 'refused':
      return `refused ${verdict.reason}${verdict.isPermanent ? ' for good' : ''}${verdict.isDoubtful ? ', look' : ''}`
    case 'unknown':
      return 'unknown'
    case 'not-sent':
      return `not-sent ${verdict.reason}`
  }
}

const UNKNOWN_ERROR = 'Unknown error, please check your request or try again later.'
const INTERNAL_ERROR = 'Internal error; unable to process your request. Please try again.'
const THROTTLED =
  '{"code":-1008,"msg":"Request throttled by system-level protection. Reduce-only/close-position orders are exempt."}'

describe('what an exchange means', () => {
  it.each<readonly [string, HttpExchange, string]>([
    ['2xx with JSON', answered(200, '{"orderId":1}'), 'done'],
    ['2xx with an empty list', answered(200, '[]'), 'done'],
    ['2xx with a success code', answered(200, '{"code":200,"msg":"success"}'), 'done'],
    ['2xx with a success code as text', answered(200, '{"code":"200","msg":"success"}'), 'done'],
    ['2xx without a body', answered(200, ''), 'unknown'],
    ['2xx that is no JSON', answered(200, '<html>'), 'unknown'],
    ['2xx with an error inside', answered(200, '{"code":-2019,"msg":"Margin is insufficient."}'), 'refused margin'],
    ['400 with a code we know', coded(-2019), 'refused margin'],
    ['400 with a code nobody knows', coded(-9999), 'refused other for good'],
    ['400 without a code', answered(400, 'bad'), 'unknown'],
    ['401 with a key problem', coded(-2014, 401), 'refused credentials for good'],
    ['401 without JSON', answered(401, ''), 'refused credentials for good'],
    ['403 from the firewall', answered(403, '<html>forbidden</html>'), 'refused rate-limit'],
    ['404', answered(404, '<html>'), 'refused invalid for good'],
    ['408', answered(408, '{"code":-1007,"msg":"Timeout waiting for response from backend server."}'), 'unknown'],
    ['408 without a body', answered(408, ''), 'unknown'],
    ['418', answered(418, '{"code":-1003,"msg":"Way too many requests"}'), 'refused rate-limit'],
    ['429', answered(429, '{"code":-1003,"msg":"Too many requests"}'), 'refused rate-limit'],
    ['429 without JSON', answered(429, ''), 'refused rate-limit'],
    ['451', answered(451, ''), 'refused credentials for good'],
    ['500', answered(500, ''), 'unknown'],
    ['500 with a code nobody knows', coded(-9999, 500), 'unknown'],
    ['502', answered(502, '<html>'), 'unknown'],
    ['503 unknown error', answered(503, UNKNOWN_ERROR), 'unknown'],
    ['503 unknown error as JSON', answered(503, JSON.stringify({ code: -1000, msg: UNKNOWN_ERROR })), 'unknown'],
    ['503 service unavailable', answered(503, 'Service Unavailable.'), 'refused overloaded'],
    ['503 of a proxy', answered(503, '<html><body><h1>503 Service Unavailable</h1></body></html>'), 'unknown'],
    ['503 internal error', answered(503, INTERNAL_ERROR), 'refused overloaded, look'],
    [
      '503 internal error as JSON',
      answered(503, JSON.stringify({ code: -1001, msg: INTERNAL_ERROR })),
      'refused overloaded, look',
    ],
    ['503 throttled', answered(503, THROTTLED), 'refused overloaded'],
    ['503 with anything else', answered(503, '<html>'), 'unknown'],
    ['a timeout', { type: 'unanswered', cause: 'no answer', isTimeout: true }, 'unknown'],
    ['a cut connection', { type: 'unanswered', cause: 'other side closed', isTimeout: false }, 'unknown'],
    ['a refused connection', { type: 'unwritten', cause: 'ECONNREFUSED' }, 'not-sent connection'],
  ])('%s', (_name, exchange, expected) => {
    expect(inShort(classifyExchange(exchange, binance))).toBe(expected)
  })

  it.each<readonly [string, HttpExchange, string]>([
    ['503 service unavailable', answered(503, 'Service Unavailable.'), 'unknown'],
    ['503 internal error', answered(503, INTERNAL_ERROR), 'unknown'],
    ['503 throttled', answered(503, THROTTLED), 'unknown'],
    ['internal error at 400', coded(-1001), 'unknown'],
    ['429', answered(429, ''), 'refused rate-limit'],
    ['an expired nonce', coded(-4225), 'refused clock'],
    ['a cancel-all whose code is text', answered(200, '{"code":"200","msg":"done"}'), 'done'],
  ])('where any 503 leaves the outcome open: %s', (_name, exchange, expected) => {
    expect(inShort(classifyExchange(exchange, aster))).toBe(expected)
  })

  it.each<readonly [string, readonly number[]]>([
    ['unknown', [-1000, -1006, -1007]],
    ['refused overloaded, look', [-1001]],
    ['refused rate-limit', [-1003, -1015]],
    ['refused overloaded', [-1008, -4531]],
    ['refused maintenance', [-1016]],
    ['refused clock', [-1021, -5028]],
    ['refused credentials for good', [-1022, -2014, -2015, -4088, -4109, -4402]],
    ['refused filter for good', [-1013, -4001, -4002, -4003, -4004, -4006, -4007, -4013, -4014, -4023, -4164, -5029]],
    ['refused max-quantity for good', [-4005]],
    ['refused price-band', [-4016, -4024, -4131, -4183, -4184, -4210, -4211]],
    ['refused invalid for good', [-1102, -1104, -1106, -1111, -1115, -1116, -1121, -1125, -1128, -1130]],
    ['refused invalid for good', [-2026, -4015, -4028, -4062, -4082, -4120, -4135, -4137, -4138, -4139]],
    ['refused invalid for good', [-5025, -5026, -5037, -5038, -5039, -5040, -5047]],
    ['refused other', [-2010, -4083, -5041]],
    ['refused unknown-order', [-2011, -2013]],
    ['refused margin', [-2018, -2019]],
    ['refused not-filled', [-2020, -5021, -5022]],
    ['refused would-trigger for good', [-2021, -4142]],
    ['refused reduce-only', [-2022, -2024, -4118]],
    ['refused risk-limit', [-2023, -2027, -2028]],
    ['refused too-many-orders', [-2025, -4045]],
    ['refused no-change for good', [-4046, -4059, -4171, -5027]],
    ['refused conflicting-order', [-4047, -4048, -4067, -4068, -4117, -4130, -5043]],
    ['refused position-mode for good', [-4060, -4061]],
    ['refused reducing-only', [-4087, -4192, -4400, -4401]],
    ['refused duplicate-id for good', [-4116]],
    ['refused symbol-closed for good', [-4140, -4141, -5024]],
    [
      'refused risk-limit for good',
      [-4161, -4167, -4168, -4169, -4170, -4172, -4202, -4203, -4204, -4205, -4206, -4207, -4208, -4209, -4403],
    ],
  ])('%s: %j', (expected, codes) => {
    expect(codes.map((code) => inShort(classifyExchange(coded(code), binance)))).toEqual(codes.map(() => expected))
  })

  it.each<readonly [string, HttpExchange, number]>([
    ['as the header says', answered(429, '', { 'retry-after': '7' }), 7_000],
    [
      'until the ban ends',
      answered(418, `{"code":-1003,"msg":"Way too many requests; IP banned until ${TIME + 90_000}."}`),
      90_000,
    ],
    ['until the next minute', answered(429, ''), 40_000],
    ...['10 SECOND', 'TEN_SECONDS'].map((span): readonly [string, HttpExchange, number] => [
      `until the next ten seconds when orders are counted per ${span}`,
      answered(429, `{"code":-1015,"msg":"Too many new orders; current limit is 300 orders per ${span}."}`),
      10_000,
    ]),
    [
      'until the next minute when orders are counted per minute',
      answered(429, '{"code":-1015,"msg":"Too many new orders; current limit is 1200 orders per 1 MINUTE."}'),
      40_000,
    ],
    [
      'until the next minute when the named time has passed',
      answered(418, `{"code":-1003,"msg":"IP banned until ${TIME - 1}."}`),
      40_000,
    ],
  ])('waits %s', (_name, exchange, expected) => {
    const verdict = classifyExchange(exchange, binance)
    expect('retryAfterMs' in verdict ? verdict.retryAfterMs : null).toBe(expected)
  })

  it('keeps the code and the words, cut to a readable length', () => {
    expect(classifyExchange(coded(-2021), binance)).toMatchObject({ code: '-2021', message: 'message of -2021' })
    const long = classifyExchange(answered(502, 'x'.repeat(5_000)), binance)
    expect(long).toMatchObject({ outcome: 'unknown', code: 'http-502', message: 'x'.repeat(300) })
    expect(classifyExchange(answered(500, ''), binance)).toMatchObject({ message: 'HTTP 500 without a word' })
  })
})
