import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { BTCUSDT } from '../src/market/usual-rules.js'

/** Limits that no benchmark reaches. */
const RATE_LIMITS = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 10_000_000 },
  { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 10_000_000 },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 10_000_000 },
]

const ORDER = {
  orderId: 8_389_765_739_703_625,
  symbol: 'BTCUSDT',
  status: 'NEW',
  price: '49000.0',
  origQty: '0.010',
  executedQty: '0.000',
  cumQty: '0.000',
  timeInForce: 'GTC',
  type: 'LIMIT',
  origType: 'LIMIT',
  reduceOnly: false,
  closePosition: false,
  side: 'BUY',
  positionSide: 'BOTH',
  stopPrice: '0',
  workingType: 'CONTRACT_PRICE',
  priceProtect: false,
  priceMatch: 'NONE',
  selfTradePreventionMode: 'EXPIRE_MAKER',
  goodTillDate: 0,
  updateTime: 1_790_000_000_000,
}

function send(response: ServerResponse, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
  response.end(text)
}

/** Answers every order at once with itself: what is measured is the client. */
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1')
  request.resume()
  if (url.pathname.endsWith('/time')) send(response, { serverTime: Date.now() })
  else if (url.pathname.endsWith('/exchangeInfo')) {
    send(response, { timezone: 'UTC', serverTime: Date.now(), rateLimits: RATE_LIMITS, symbols: [BTCUSDT.listing] })
  } else send(response, { ...ORDER, clientOrderId: url.searchParams.get('newClientOrderId') ?? 'none' })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
process.on('disconnect', () => {
  server.closeAllConnections()
  server.close()
})
