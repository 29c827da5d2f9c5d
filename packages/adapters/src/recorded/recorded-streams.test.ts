import { formatMoney, formatPrice, formatQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { asterBench, binanceBench } from '../../test/account-readers.js'
import { createManualClock } from '../../test/manual-clock.js'
import { hasSharedData, sharedLines } from '../../test/shared-data.js'
import { readMarks } from '../fapi/streams/mark-stream.js'
import { parseLossless } from '../transport/lossless-json.js'
import type { AccountEvent } from '../venue/account-event.js'

interface Recorded {
  readonly name?: string
  readonly kind?: string
  readonly event?: unknown
  readonly frame?: unknown
  readonly body?: unknown
}

const isThere = hasSharedData()
const linesOf = (name: string): readonly Recorded[] => sharedLines(name).map((line) => parseLossless(line) as Recorded)

function inShort(event: AccountEvent): string {
  switch (event.type) {
    case 'fill': {
      const fee = event.fee === null ? 'unknown' : `${formatMoney(event.fee)} ${event.feeAsset ?? '?'}`
      const amount = `${formatQuantity(event.quantity)} @ ${formatPrice(event.price)}`
      return `fill ${event.tradeId} ${event.side} ${event.positionSide} ${amount} fee ${fee} pnl ${event.realizedPnl === null ? '?' : formatMoney(event.realizedPnl)}`
    }
    case 'order':
      return `order ${event.clientOrderId} ${event.status} ${event.orderId ?? '-'} ${event.filledQuantity === null ? '-' : formatQuantity(event.filledQuantity)}`
    case 'position':
      return `position ${event.symbol} ${event.positionSide} ${formatQuantity(event.quantity)} @ ${event.entryPrice === null ? '-' : formatPrice(event.entryPrice)}`
    case 'balanceChanged':
      return `balance ${event.asset} ${event.walletBalance} by ${event.change} for ${event.reason}`
    case 'fillNoticed':
      return `noticed ${event.tradeId} ${formatQuantity(event.quantity)} @ ${formatPrice(event.price)} of ${event.clientOrderId}`
    default:
      return event.type
  }
}

describe.skipIf(!isThere)('recorded account streams', () => {
  it('are understood to the last message by both venues', () => {
    for (const bench of [binanceBench(), asterBench()]) {
      const lines = linesOf('user-data-stream-recorded.jsonl')
      const lites = lines.filter(({ event }) => (event as { e: string }).e === 'TRADE_LITE').length
      for (const { event } of lines) bench.reader.read(JSON.stringify(event))
      const strange = bench.events.items.filter(({ type }) => type === 'quarantined')
      expect(strange).toHaveLength(bench.events.items.some(({ type }) => type === 'fillNoticed') ? 0 : lites)
      expect(bench.doubts).toEqual([])
    }
  })

  it('say what happened, once', () => {
    const { reader, events } = binanceBench()
    for (const { event } of linesOf('user-data-stream-recorded.jsonl')) reader.read(JSON.stringify(event))
    expect(events.items.map(inShort)).toEqual([
      'balance USDC 48.84650063 by 10 for DEPOSIT',
      'balance USDC 38.84650063 by -10 for WITHDRAW',
      'balance USDC 38.17806885 by -0.00085067 for FUNDING_FEE',
      'fundingNoticed',
      'order web_coin_4y4b8mofbf7dqhq61p3paub acknowledged 58846010837 0',
      'order web_coin_3k0uxdsggnid0ax7zf16fvs cancelled 58846421973 0',
      'order web_coin_px06wttcjgaebeca9w5ijo3 acknowledged 58846581664 0',
      'noticed 702423109 0.02 @ 2317.3 of web_coin_px06wttcjgaebeca9w5ijo3',
      'position ETHUSDC BOTH 0.02 @ 2317.3',
      'balance USDC 37.87866827 by 0 for ORDER',
      'fill 702423109 BUY BOTH 0.02 @ 2317.3 fee 0 USDC pnl 0',
      'order web_coin_px06wttcjgaebeca9w5ijo3 filled 58846581664 0.02',
      'position 1INCHUSDT SHORT 87 @ 0.38466667',
      'balance USDT 9.77437417 by 0 for ORDER',
      'balance BNB 0.00844988 by 0 for ORDER',
      'fill 314291713 SELL SHORT 29 @ 0.3904 fee 0.00000355 BNB pnl 0',
      'order 1INCHUSDT_SHORT_2 filled 7968419161 29',
      'order 1INCHUSDT_SHORT_2_20240626195415 acknowledged 7970588219 0',
      'fill 354903023 BUY SHORT 13 @ 0.8086 fee 0.0000033 BNB pnl -0.05514166',
      'order ARBUSDT_SHORT_5_20240627120851 filled 8343565997 13',
      'order ios_ArfzDKDqp7FLwwpFUqYz acknowledged 637084704043 0',
      'order ios_SGow7N1VNdXGXwCc0KQB acknowledged 637084704049 0',
      'order ios_4uVhqNJ1I9vUtTPziCQ9 acknowledged 637084889970 0',
      'order ios_SGow7N1VNdXGXwCc0KQB cancelled 637084704049 0',
      'order ios_4uVhqNJ1I9vUtTPziCQ9 cancelled 637084889970 0',
      'order ios_ArfzDKDqp7FLwwpFUqYz cancelled 637084704043 0',
      'fill 808695170 SELL BOTH 1 @ 32.465 fee 0.00002126 BNB pnl -0.01199999',
      'order iSS1hvzc9e3bOcJzOULD24 acknowledged 21519651154 1',
      'fill 808695171 SELL BOTH 1 @ 32.464 fee 0.00002126 BNB pnl -0.013',
      'order iSS1hvzc9e3bOcJzOULD24 filled 21519651154 2',
      'order BG1gnPa6hrGgKVYZFOAvAu acknowledged 4129466756 0',
      'noticed 310194316 0.1 @ 84146.5 of KWsJ1UBaWM1C0IhvgdXxZb',
      'fill 310194316 BUY BOTH 0.1 @ 84146.5 fee 3.36586 USDT pnl 0',
      'order KWsJ1UBaWM1C0IhvgdXxZb filled 4129479931 0.1',
      'position BTCUSDT BOTH 0.1 @ 84146.5',
      'balance USDT 15237.42937172 by 0 for ORDER',
      'noticed 3181138052 0.1 @ 80.19 of SOLUSDT_BOTH_1771856732181_1',
      'order SOLUSDT_BOTH_1771856732181_1 acknowledged 199033476993 0',
      'position SOLUSDT BOTH 0.1 @ 80.19',
      'balance USDT 1.73744723 by 0 for ORDER',
      'fill 1623642341 SELL BOTH 39.4 @ 0.5556 fee 0.01094532 BNFCR pnl -0.06304',
      'order dN3iz4QQjUOC5XVqeEuYsQ filled 68073466639 39.4',
    ])
  })

  it('and the shapes of the documents are understood as well', () => {
    const { reader, events } = binanceBench()
    const shapes = linesOf('fixtures-jkorf-binance-net.jsonl').filter(
      ({ kind, name }) => kind === 'ws' && /Update$|Leverage|MarginUpdate|MultiAsset/.test(name ?? ''),
    )
    for (const { body } of shapes.filter(({ name }) => !/Symbol/.test(name ?? ''))) reader.read(JSON.stringify(body))
    expect(events.items.filter(({ type }) => type === 'quarantined')).toEqual([])
    expect(new Set(events.items.map(({ type }) => type))).toEqual(
      new Set(['position', 'balanceChanged', 'order', 'leverageChanged', 'marginCalled', 'fillNoticed']),
    )
  })
})

describe.skipIf(!isThere)('recorded market streams', () => {
  it('give the marks of the wanted symbols, and of no other kind of futures', () => {
    const options = { account: 'main', clock: createManualClock() }
    const frames = linesOf('ws-market-recorded-samples.jsonl').map(({ frame }) => frame as { data?: { e?: string } })
    const mark = frames.find(({ data }) => data?.e === 'markPriceUpdate')
    const [event] = readMarks(JSON.stringify(mark), options, new Set(['BTCUSDT']))
    expect(event).toMatchObject({ type: 'mark', symbol: 'BTCUSDT', time: 1_786_171_884_000, id: 'mark:1786171884000' })
    expect(event?.type === 'mark' ? formatPrice(event.price) : '').toBe('64991.37858696')
    expect(readMarks(JSON.stringify(mark), options, new Set(['ETHUSDT']))).toEqual([])
    const coinMargined = [{ ...mark?.data, st: 2 }, mark?.data]
    expect(readMarks(JSON.stringify(coinMargined), options, new Set(['BTCUSDT']))).toHaveLength(1)
  })
})
