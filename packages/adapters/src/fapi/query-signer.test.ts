import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { paramsOf, readRequest } from '../transport/api-request.js'
import { Secret } from '../transport/secret.js'
import { createQuerySigner, hmacSigner, privateKeySigner } from './query-signer.js'

/** Key and secret of the venue's own documentation. */
const apiKey = new Secret('dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83')
const apiSecret = new Secret('2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9')
const TIME = 1_591_702_613_943
const order = (params: Record<string, string>) =>
  ({ ...readRequest({ path: '/fapi/v1/order', weight: 0, params: paramsOf(params) }), method: 'POST' }) as const

describe('a query signer', () => {
  const signer = createQuerySigner({ apiKey, signText: hmacSigner(apiSecret), recvWindowMs: 5_000 })

  it('signs the example of the documents', () => {
    const params = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', quantity: '1', price: '9000', timeInForce: 'GTC' }
    expect(signer.sign(order(params), TIME)).toEqual({
      method: 'POST',
      path:
        '/fapi/v1/order?symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000' +
        '&timestamp=1591702613943&signature=3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9',
      headers: { 'x-mbx-apikey': apiKey.reveal() },
      body: null,
    })
  })

  it('signs parameters in the order in which they are sent', () => {
    const params = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '1', price: '9000' }
    expect(signer.sign(order(params), TIME).path).toContain(
      'signature=ec11dcc17e67e47f0d3c3f513dfe9062307e37619c5c82ebaa8fe0bdf3d59519',
    )
  })

  it('encodes before it signs', () => {
    const { path } = signer.sign(order({ symbol: '币安人生USDT' }), TIME)
    expect(path).toContain('symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&')
    const query = path.slice(path.indexOf('?') + 1, path.indexOf('&signature='))
    expect(path.endsWith(hmacSigner(apiSecret)(query))).toBe(true)
  })

  it('shows the key without a signature, or nothing at all', () => {
    const listen = readRequest({ path: '/fapi/v1/listenKey', weight: 1, security: 'key' })
    expect(signer.sign(listen, TIME)).toEqual({
      method: 'GET',
      path: '/fapi/v1/listenKey',
      headers: { 'x-mbx-apikey': apiKey.reveal() },
      body: null,
    })
    expect(signer.sign(readRequest({ path: '/fapi/v1/time', weight: 1, security: 'none' }), TIME).headers).toEqual({})
  })
})

describe('keys of the asymmetric kind', () => {
  it.each([
    ['Ed25519', generateKeyPairSync('ed25519'), null],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256'],
  ])('signs with %s in base64, encoded for the query', (_name, pair, algorithm) => {
    const pem = new Secret(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    const signer = createQuerySigner({ apiKey, signText: privateKeySigner(pem), recvWindowMs: 5_000 })
    const [query = '', signature = ''] = (
      signer.sign(order({ symbol: 'BTCUSDT' }), TIME).path.split('?')[1] ?? ''
    ).split('&signature=')
    expect(signature).toMatch(/^[A-Za-z0-9%]+$/)
    const bytes = Buffer.from(decodeURIComponent(signature), 'base64')
    expect(verify(algorithm, Buffer.from(query), createPublicKey(pair.privateKey), bytes)).toBe(true)
  })
})
