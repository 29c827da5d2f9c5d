import { parsePrice, unknownInstrument } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { type Process, Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

/** A venue that refuses what is between two ticks. */
function holdToTicks(stage: Stage, tick: string): void {
  const tickSize = parsePrice(tick)
  stage.limit({ tickSize })
  stage.exchange.refuse = ({ terms: { price, triggerPrice } }) =>
    [price, triggerPrice].some((each) => each !== null && parsePrice(each) % tickSize !== 0n) ? 'filter' : null
}

/** A process that starts while the filters of the symbol cannot be read. */
async function startBlind(stage: Stage): Promise<{ readonly running: Process; readonly read: () => void }> {
  const running = stage.open()
  const { venue, manager } = running
  const fetchInstruments = venue.fetchInstruments.bind(venue)
  let isReadable = false
  venue.fetchInstruments = async () =>
    isReadable ? fetchInstruments() : [{ ...unknownInstrument(SYMBOL), isTrading: false }]
  void manager.start()
  await stage.clock.advance(5000)
  return {
    running,
    read: () => {
      isReadable = true
    },
  }
}

it('what is held when filters cannot be read is behind a stop that the venue takes, and no other once they can', async () => {
  const stage = new Stage(TARGETS)
  holdToTicks(stage, '0.1')
  stage.exchange.setMark(SYMBOL, '50123.4')
  stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.013', isOpening: true })
  const { running, read } = await startBlind(stage)

  // 50 123.4 · 0.98 = 49 120.932 and · 1.05 = 52 629.57: with four digits, away from the entry.
  expect(stage.resting()).toEqual(['LIMIT 52630 0.013', 'STOP_MARKET 49120 0.013'])
  expect(stage.held('LONG')).toBe('0.013')
  expect((await stage.events()).filter(({ type }) => type === 'OrderRefused')).toEqual([])

  read()
  await stage.clock.advance(601_000)
  expect(stage.resting()).toEqual(['LIMIT 52629.5 0.013', 'STOP_MARKET 49121 0.013'])
  expect(running.manager.health.reasons).toMatchObject([{ code: 'priceSilent' }])
})

it('nothing is closed since the venue refuses stops while its filters cannot be read, nor by those refusals once they can', async () => {
  const stage = new Stage(TARGETS)
  holdToTicks(stage, '100')
  stage.exchange.setMark(SYMBOL, '50123.4')
  stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.013', isOpening: true })
  const { running, read } = await startBlind(stage)
  await stage.clock.advance(60_000)

  expect(stage.held('LONG')).toBe('0.013')
  expect(running.manager.metrics.unprotectedMs).toBeGreaterThan(60_000)
  expect(stage.sent(running, 'stop').length).toBeGreaterThan(6)

  // They are asked for again with the next refusal.
  read()
  await stage.clock.advance(20_000)
  expect(stage.held('LONG')).toBe('0.013')
  expect(stage.resting()).toEqual(['LIMIT 52600 0.013', 'STOP_MARKET 49200 0.013'])
  expect(running.manager.metrics.unprotectedMs).toBe(0)
})

it('what has passed its stop while filters cannot be read leaves at market', async () => {
  const stage = new Stage(TARGETS)
  stage.exchange.refuse = ({ terms: { triggerPrice } }) => (triggerPrice === null ? null : 'filter')
  stage.exchange.setMark(SYMBOL, '50123.4')
  stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.013', isOpening: true })
  const { running } = await startBlind(stage)

  running.venue.setMark(SYMBOL, '49121')
  await stage.clock.advance(1000)
  expect(stage.held('LONG')).toBe('0.013')
  running.venue.setMark(SYMBOL, '49120.9')
  await stage.clock.advance(1000)
  expect(stage.held('LONG')).toBe('0')
})
