import type { OrderRequest } from '@tranchebook/adapters'
import { clientOrderIdOf } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { protect, type RepairResult, type RepairSetup } from '../src/index.js'
import { PaperVenue } from './paper-venue.js'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2', driftPolicy: 'ALERT' }
const OTHER = 'ETHUSDT'

interface Halt {
  readonly stage: Stage
  readonly venue: PaperVenue
  readonly setup: RepairSetup
  /** Id of the stop of the one tranche. */
  readonly stop: string
}

function setupOn({ exchange, store, config, clock }: Stage, symbols: readonly string[]): Pick<Halt, 'venue' | 'setup'> {
  const venue = new PaperVenue(exchange, clock, symbols)
  return { venue, setup: { account: 'main', venue, store, config, clock } }
}

/** LONG 0.01 behind its stop at 49 000, and the process that placed it has ended. */
async function afterHalt(symbols: readonly string[] = [SYMBOL]): Promise<Halt> {
  const stage = new Stage(TARGETS, symbols)
  const running = await stage.start()
  await stage.enter(running, '0.01')
  const [stop = ''] = stage.sent(running, 'stop')
  await stage.whileTimePasses(running.manager.stop())
  return { ...setupOn(stage, symbols), stage, stop }
}

async function rehearsed({ stage, setup }: Halt): Promise<RepairResult> {
  return stage.whileTimePasses(protect(setup, { dryRun: true }))
}

function entryFor(symbol: string, clientOrderId: string): OrderRequest {
  const terms = {
    clientOrderId,
    purpose: 'entry',
    orderType: 'LIMIT',
    orderSide: 'BUY',
    positionSide: 'LONG',
    quantity: '0.01',
    price: '40000',
    triggerPrice: null,
    reduceOnly: false,
    closePosition: false,
  } as const
  return { symbol, workingType: 'MARK_PRICE', terms }
}

describe('a rehearsal', () => {
  it('says that a stop of which the venue knows nothing any more would be placed anew', async () => {
    const halt = await afterHalt()
    halt.stage.exchange.forget(halt.stop)
    const planned = await rehearsed(halt)

    expect(planned.protection.isProtected).toBe(false)
    expect(planned.steps.map(({ event }) => event)).toMatchObject([
      { type: 'OrderClosed', clientOrderId: halt.stop, status: 'absent' },
      { type: 'OrderIntended', purpose: 'stop', triggerPrice: '49000', quantity: '0.01' },
      { type: 'ProtectionLost' },
    ])
    expect(halt.venue.submitted).toEqual([])
  })

  it('asks for no order that the venue lists, and for one that it does not list', async () => {
    const halt = await afterHalt()
    const asked: string[] = []
    const findOrder = halt.venue.findOrder.bind(halt.venue)
    halt.venue.findOrder = async (ref) => {
      asked.push(ref.clientOrderId)
      return findOrder(ref)
    }
    expect((await rehearsed(halt)).steps).toEqual([])
    expect(asked).toEqual([])
    halt.stage.exchange.cancel(halt.stop)
    await rehearsed(halt)
    expect(asked).toEqual([halt.stop])
  })

  it('finds a stop that had arrived when its process crashed, and places none beside it', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.fault = (write) => {
      if (!('terms' in write) || write.terms.purpose !== 'stop') return null
      running.venue.cut()
      return 'lose-reply'
    }
    await stage.enter(running, '0.01')
    running.clock.stop()
    running.venue.kill()
    const [stop = ''] = stage.sent(running, 'stop')
    const { steps, protection } = await rehearsed({ ...setupOn(stage, [SYMBOL]), stage, stop })

    expect(protection.isProtected).toBe(true)
    expect(steps.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'OrderAcknowledged', clientOrderId: stop }),
    )
    expect(steps.map(({ type }) => type)).not.toContain('place')
  })

  it('judges by the mark of the venue: what a price has passed would go at market', async () => {
    const halt = await afterHalt()
    halt.stage.exchange.cancel(halt.stop)
    halt.stage.exchange.setMark(SYMBOL, '48900')
    const { steps } = await rehearsed(halt)

    expect(steps.filter(({ type }) => type === 'place').map(({ event }) => event)).toMatchObject([
      { purpose: 'exit', orderType: 'MARKET', quantity: '0.01' },
    ])
  })

  it('places stops where the venue tells no mark: without a price nothing has passed', async () => {
    const halt = await afterHalt()
    halt.stage.exchange.cancel(halt.stop)
    const fetchPositions = halt.venue.fetchPositions.bind(halt.venue)
    halt.venue.fetchPositions = async (symbols) =>
      (await fetchPositions(symbols)).map((position) => ({ ...position, markPrice: null }))
    const { steps } = await rehearsed(halt)

    expect(steps.filter(({ type }) => type === 'place').map(({ event }) => event)).toMatchObject([
      { purpose: 'stop', triggerPrice: '49000', quantity: '0.01' },
    ])
  })

  it('names orders that a book does not know with the book they belong to: ours would be cancelled, those of others not', async () => {
    const halt = await afterHalt([SYMBOL, OTHER])
    const stray = clientOrderIdOf({ stream: `main/${OTHER}`, intent: 99, attempt: 1 })
    halt.stage.exchange.place(entryFor(OTHER, stray))
    halt.stage.exchange.place(entryFor(OTHER, 'web_1'))
    const { findings } = await rehearsed(halt)

    expect(findings.map(({ code, symbol, message }) => [code, symbol, message])).toEqual([
      ['strayOrder', OTHER, expect.stringContaining(stray)],
      ['foreignOrders', OTHER, expect.stringContaining('1 orders of others rest there and are left alone (web_1)')],
    ])
  })
})
