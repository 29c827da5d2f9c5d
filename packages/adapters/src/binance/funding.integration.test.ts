import { formatMoney } from '@tranchebook/core'
import { afterEach, describe, expect, it } from 'vitest'
import { benchBinance, type VenueBench } from '../../test/binance-bench.js'
import type { Routes } from '../../test/routes.js'

const NOW = 1_700_000_000_000
const DAY = 86_400_000
const benches: VenueBench[] = []

afterEach(async () => {
  await Promise.all(benches.splice(0).map((opened) => opened.close()))
})

async function bench(routes: Routes): Promise<VenueBench> {
  const opened = await benchBinance(routes)
  benches.push(opened)
  return opened
}

describe('funding', () => {
  it('comes page by page, special payments too, each once', async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => ({
      symbol: 'BTCUSDT',
      incomeType: 'FUNDING_FEE',
      income: '-0.01',
      asset: 'USDT',
      info: '',
      time: NOW - 2_000 + index,
      tranId: 900_000 + index,
      tradeId: '',
    }))
    const special = [{ ...rows[0], incomeType: 'SPECIAL_FUNDING_FEE', income: '0.5' }]
    const { venue, rest } = await bench({
      'GET /fapi/v1/income': ({ params }) => {
        const [from, to] = [Number(params.get('startTime')), Number(params.get('endTime'))]
        const all = params.get('incomeType') === 'FUNDING_FEE' ? rows : special
        return { json: all.filter(({ time = 0 }) => time >= from && time <= to).slice(0, 1_000) }
      },
    })
    const { payments, isComplete } = await venue.fetchFunding({
      symbol: 'BTCUSDT',
      afterId: null,
      since: NOW - 10 * DAY,
    })
    expect([payments.length, new Set(payments.map(({ fundingId }) => fundingId)).size, isComplete]).toEqual([
      1_201,
      1_201,
      true,
    ])
    expect(
      payments.filter(({ fundingId }) => fundingId.startsWith('SPECIAL')).map(({ amount }) => formatMoney(amount)),
    ).toEqual(['0.5'])
    const starts = rest.seen.map(({ params }) => Number(params.get('startTime'))).filter((time) => time > 0)
    expect(Math.min(...starts)).toBe(NOW - 10 * DAY - 60_000)
    expect(payments[0]).toMatchObject({
      type: 'funding',
      account: 'main',
      symbol: 'BTCUSDT',
      asset: 'USDT',
      positionSide: null,
    })
  })

  it.each([
    [{ code: -1130, msg: "Data sent for parameter 'incomeType' is not valid." }, true],
    [{ code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' }, false],
  ])('comes although the venue knows no special payments: %j', async (json, isToldAll) => {
    const row = { symbol: 'BTCUSDT', incomeType: 'FUNDING_FEE', income: '-0.01', asset: 'USDT', time: NOW, tranId: 1 }
    const { venue } = await bench({
      'GET /fapi/v1/income': ({ params }) =>
        params.get('incomeType') === 'FUNDING_FEE' ? { json: [row] } : { status: 400, json },
    })
    const told = venue.fetchFunding({ symbol: 'BTCUSDT', afterId: null, since: NOW - DAY })
    if (isToldAll) expect(await told).toMatchObject({ payments: [{ fundingId: '1' }], isComplete: true })
    else await expect(told).rejects.toMatchObject({ code: 'venue.read.failed' })
  })

  it('of a time long ago is asked for up to where it may end', async () => {
    const { venue, rest } = await bench({ 'GET /fapi/v1/income': () => ({ json: [] }) })
    const until = NOW - 60 * DAY
    const request = { symbol: 'BTCUSDT', afterId: null, since: NOW - 80 * DAY, until }
    expect(await venue.fetchFunding(request)).toEqual({ payments: [], isComplete: true })
    const asked = rest.seen.filter(
      ({ path, params }) => path.endsWith('income') && params.get('incomeType') === 'FUNDING_FEE',
    )
    expect(asked.map(({ params }) => Number(params.get('endTime')))).toEqual([
      NOW - 73 * DAY - 60_001,
      NOW - 66 * DAY - 60_001,
      until,
    ])
  })
})
