import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { encodeParams, paramsOf, readRequest } from '../transport/api-request.js'
import { Secret } from '../transport/secret.js'
import { createAgentSigner } from './agent-signer.js'
import { addressOf, domainSeparator, messageDigest, privateKeyBytes, signDigest } from './typed-message.js'

/** The demo key of the venue's own documentation. */
const KEY = '0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1'
const SIGNER = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'
const ORDER = `symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.001&price=30000&timeInForce=GTC&nonce=1748310859508867&signer=${SIGNER}`
const BATCH = JSON.stringify([{ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.001' }])
const USER = '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e'

describe('typed messages', () => {
  it('derives the address of a key', () => {
    expect(addressOf(privateKeyBytes(KEY))).toBe(SIGNER)
  })

  it.each([
    [1666, 'a95d0a7a6f3f17fcebb0c2336645385ce79cde7523f71ab147fdb7f15e9f37f9'],
    [714, 'fad01b07bed5729a04dbb977fd86da612eba71d668660bf12cf10b3d65b74d94'],
  ])('hashes the domain of chain %i', (chainId, expected) => {
    expect(bytesToHex(domainSeparator(chainId))).toBe(expected)
  })

  it.each([
    [
      'an order',
      1666,
      ORDER,
      '61cefce0359a77bb5dca5bb9278d937a1d2f9b368256ba7057bc2b8f35e2e542',
      '0x36d8693fe9436dcfcc9031582e10e5dde36be794f60d0336f2164861aaf43279102530ca81beeba6e4a62943250674653fa11a08836faf0239fb26ab35e02e2b1b',
    ],
    [
      'an order on the test network',
      714,
      ORDER,
      '873ff517d8cfa0404321475ef2a8135ee9fd499acd0bee52395f735084f06e41',
      '0x442c060a7d0d76590d995da25cfc8b8fcdb25af7c7922511172f93424a9e0f812da780d3c38c929a28f0d38f9c136aebf98812613090dd798771ced07ce902c91b',
    ],
    [
      'a batch',
      1666,
      encodeParams(paramsOf({ batchOrders: BATCH, nonce: '1748310859508868', user: USER, signer: SIGNER })),
      '9be36cb0d704272206a3499398aee960404fc5b342b2ade33cdb19e23d41c0d7',
      '0xbabf6b24a9475fed4af65e6b4e6499d2df98b1881b622a79231fd82f0a5f46f3765eeba54e81e12c4f13fcd6e3ba7f7ee1af8e8322e6bd6ed6ba696608570b4f1b',
    ],
    [
      'a question',
      1666,
      `nonce=1748310859508869&signer=${SIGNER}`,
      '59976955c0fd1ad3fef8f9dd690a23f9ee25f22432c80527ed1845856ff11ab1',
      '0xf8530ffd0cdbe36a5201a148fd54ab8b9b83d0ea1ea9757188f3e5cbcf10db867935004b9f86805e5bd8533551d242fec0786cb3fcd800883392d7acc7c8c36f1b',
    ],
  ])('signs %s as two independent libraries do', (_what, chainId, msg, digest, signature) => {
    const hash = messageDigest(msg, chainId)
    expect(bytesToHex(hash)).toBe(digest)
    expect(signDigest(hash, privateKeyBytes(KEY))).toBe(signature)
  })

  it('signs what an independent client signed', () => {
    const lower = SIGNER.toLowerCase()
    const msg = `nonce=1748310859508000&user=${lower}&signer=${lower}&symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.001&price=30000&timeInForce=GTC`
    expect(signDigest(messageDigest(msg, 1666), privateKeyBytes(KEY))).toBe(
      '0x8b15825e6b712eb13d6056a2d0789f31b311489cb85f0f08a0738ec350d9cc8c0f5bc634a31cf59cd69c3d34b9bc1333924449d31df0948764b934ae4394914b1b',
    )
  })

  it('does not show a key that it cannot read', () => {
    expect(() => privateKeyBytes('0xnot-a-key')).toThrow('expected a private key of 64 hex digits, got 9 characters')
  })
})

describe('an agent', () => {
  const TIME = 1_748_310_859_508

  it('sends what it signed: the body of an order, the query of a question', () => {
    const signer = createAgentSigner({ privateKey: new Secret(KEY), chainId: 1666 })
    const params = paramsOf({ symbol: 'BTCUSDT', side: 'BUY' })
    const order = signer.sign({ ...readRequest({ path: '/fapi/v3/order', weight: 1, params }), method: 'POST' }, TIME)
    expect(order.path).toBe('/fapi/v3/order')
    expect(order.headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' })
    expect(order.body).toMatch(
      new RegExp(`^symbol=BTCUSDT&side=BUY&nonce=1748310859508000&signer=${SIGNER}&signature=0x[0-9a-f]{130}$`),
    )
    const question = signer.sign(readRequest({ path: '/fapi/v3/balance', weight: 5 }), TIME)
    expect(question.body).toBeNull()
    expect(question.path).toContain(`/fapi/v3/balance?nonce=1748310859508001&signer=${SIGNER}&signature=0x`)
  })

  it('never repeats a nonce and never goes back, not even when the clock does', () => {
    const signer = createAgentSigner({ privateKey: new Secret(KEY), chainId: 1666 })
    const nonces = [TIME, TIME, TIME - 9_999, TIME + 1].map((time) => {
      const request = readRequest({ path: '/fapi/v3/balance', weight: 5 })
      signer.sign(request, time)
      return signer.nonceOf(request)
    })
    expect(nonces).toEqual(['1748310859508000', '1748310859508001', '1748310859508002', '1748310859509000'])
  })

  it('takes over a nonce that a request names', () => {
    const signer = createAgentSigner({ privateKey: new Secret(KEY), chainId: 1666 })
    const request = readRequest({ path: '/fapi/v3/noop', weight: 1, params: paramsOf({ nonce: '17' }) })
    expect(signer.sign({ ...request, method: 'POST' }, TIME).body).toContain('nonce=17&signer=')
  })

  it('signs nothing that is public', () => {
    const signer = createAgentSigner({ privateKey: new Secret(KEY), chainId: 1666 })
    expect(signer.sign(readRequest({ path: '/fapi/v3/time', weight: 1, security: 'none' }), TIME)).toEqual({
      method: 'GET',
      path: '/fapi/v3/time',
      headers: {},
      body: null,
    })
  })
})
