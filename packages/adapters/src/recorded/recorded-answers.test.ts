import { formatQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { hasSharedData, sharedLines } from '../../test/shared-data.js'
import { parseAlgoOrders } from '../binance/wire/all-algo-orders.js'
import { parseAlgoOrderRow } from '../binance/wire/algo-order-row.js'
import { parseExchangeInfo } from '../binance/wire/exchange-info.js'
import { parseForceOrders } from '../binance/wire/force-orders.js'
import { parseIncome } from '../binance/wire/income.js'
import { parseLeverage } from '../fapi/wire/leverage.js'
import { parseListenKey } from '../binance/wire/listen-key.js'
import { parseOpenOrders } from '../binance/wire/open-orders.js'
import { parsePositionRisk } from '../binance/wire/position-risk.js'
import { parseOrderRow } from '../binance/wire/query-order.js'
import { parseServerTime } from '../binance/wire/server-time.js'
import { parseUserTrades } from '../binance/wire/user-trades.js'
import { fillKindOf } from '../fapi/translate/words.js'
import { translatePositions } from '../fapi/translate/position-input.js'
import { errorOf } from '../transport/classify-exchange.js'
import { parseLossless } from '../transport/lossless-json.js'

interface Answer {
  readonly name?: string
  readonly status?: number
  readonly path?: string
  readonly body: unknown
}

const isThere = hasSharedData()
const answers = (name: string): readonly Answer[] =>
  isThere ? sharedLines(name).map((line) => parseLossless(line) as Answer) : []
const shapes = new Map(
  answers('fixtures-jkorf-binance-net.jsonl').map(({ name, body }) => [name?.split('/').at(-1), body]),
)
const recorded = answers('rest-binance-um-recorded-20260915.jsonl')

describe.skipIf(!isThere)('recorded answers', () => {
  it.each<readonly [string, (body: unknown) => unknown]>([
    ['ChangeInitialLeverage', parseLeverage],
    ['GetExchangeInfo', parseExchangeInfo],
    ['GetIncomeHistory', parseIncome],
    ['GetPositionInformation', parsePositionRisk],
    ['StartUserStream', parseListenKey],
    ['GetServerTime', parseServerTime],
    ['CancelConditionalOrder', parseAlgoOrderRow],
    ['GetConditionalOrder', parseAlgoOrderRow],
    ['PlaceConditionalOrder', parseAlgoOrderRow],
    ['GetConditionalOrders', parseAlgoOrders],
    ['GetOpenConditionalOrders', parseAlgoOrders],
    ['CancelOrder', parseOrderRow],
    ['EditOrder', parseOrderRow],
    ['GetOrder', parseOrderRow],
    ['GetOpenOrders', parseOpenOrders],
    ['GetForcedOrders', parseForceOrders],
    ['GetUserTrades', parseUserTrades],
  ])('%s is understood', (name, parse) => {
    expect(parse(shapes.get(name))).toBeDefined()
  })

  it('names the child of a conditional order that is finished', () => {
    expect(parseAlgoOrderRow(shapes.get('GetConditionalOrder'))).toMatchObject({
      algoId: '1000001270850379',
      algoStatus: 'FINISHED',
      actualOrderId: '974828356187',
      actualQty: '0.002',
      triggerPrice: '69080.20',
    })
    expect(parseAlgoOrderRow(shapes.get('PlaceConditionalOrder'))).toMatchObject({
      algoId: '2146760',
      actualOrderId: null,
    })
  })

  it('keeps ids as text and tells who forced an order', () => {
    const forced = parseForceOrders(shapes.get('GetForcedOrders'))
    expect(forced.map(({ orderId, clientOrderId }) => [orderId, fillKindOf(clientOrderId)])).toEqual([
      ['6071832819', 'liquidation'],
      ['6072734303', 'adl'],
    ])
    expect(parseIncome(shapes.get('GetIncomeHistory')).map(({ tranId, symbol }) => [tranId, symbol])).toEqual([
      ['9689322392', null],
      ['9689322392', 'BTCUSDT'],
    ])
  })

  it('says flat for what a complete answer leaves out, and only then', () => {
    const rows = parsePositionRisk(shapes.get('GetPositionInformation'))
    const scope = { account: 'main', time: 1, symbols: ['BTCUSDT', 'ETHUSDT'], mode: 'HEDGE' } as const
    expect(
      translatePositions(rows, scope).map(
        ({ symbol, positionSide, quantity }) => `${symbol} ${positionSide} ${formatQuantity(quantity)}`,
      ),
    ).toEqual(['BTCUSDT LONG 0', 'BTCUSDT SHORT 0', 'ETHUSDT LONG 0', 'ETHUSDT SHORT 0'])
    expect(() => parsePositionRisk({ code: -2015, msg: 'Invalid API-key' })).toThrow(
      'expected positionRisk to be a list',
    )
  })

  it('recognises every recorded error and no recorded answer as an error', () => {
    expect(recorded.map(({ status, body }) => [status, errorOf(body) !== null])).toEqual(
      recorded.map(({ status = 0 }) => [status, status >= 400]),
    )
  })
})
