import { createAccountReader } from '../src/binance/translate/account-reader.js'
import { paidIsPositive } from '../src/fapi/translate/fill-input.js'
import { createOrderRegistry } from '../src/fapi/translate/order-registry.js'
import { systemClock } from '../src/transport/clock.js'
import { orderMessage, tradeMessage } from '../test/stream-messages.js'

const ORDERS = 20_000
const ROUNDS = 7
const FIRST_ID = 8_389_765_739_703_000_000n

function accountMessage(time: number): string {
  const balance = { a: 'USDT', wb: '10000.12345678', cw: '10000.12345678', bc: '0' }
  const amounts = { pa: '0.002', ep: '49000.5', bep: '49010.1', cr: '12.5', up: '0.01', mt: 'cross', iw: '0' }
  const position = { s: 'BTCUSDT', ...amounts, ps: 'BOTH', ma: 'USDT' }
  return JSON.stringify({ e: 'ACCOUNT_UPDATE', T: time, E: time + 1, a: { m: 'ORDER', B: [balance], P: [position] } })
}

/** What an account hears of market orders: accepted, position, filled. Ids are as long as the venue's. */
function messagesOf(first: number): readonly string[] {
  return Array.from({ length: ORDERS }, (_, index) => {
    const number = first + index
    const order = {
      c: `tb-${number}`,
      i: (FIRST_ID + BigInt(number)).toString(),
      T: 1_000 + number,
      t: 7_000_000 + number,
    }
    return [orderMessage(order), accountMessage(1_000 + number), tradeMessage(order)]
  }).flat()
}

/** Time of the processor, so that other programs on the machine do not count. */
function microsecondsPerMessage(messages: readonly string[], take: (text: string) => void): number {
  const start = process.cpuUsage()
  for (const text of messages) take(text)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / messages.length
}

function median(values: readonly number[]): number {
  return values.toSorted((one, two) => one - two)[Math.floor(values.length / 2)] ?? 0
}

let heard = 0
const registry = createOrderRegistry('separate-orders')
const reader = createAccountReader({
  emit: () => {
    heard += 1
  },
  onKeyExpired: () => undefined,
  onDoubt: () => undefined,
  clock: systemClock,
  scrub: (text) => text,
  account: 'main',
  registry,
  readFee: paidIsPositive,
  linkWaitMs: 3_000,
  lookUpChild: () => Promise.resolve(),
})
const rounds = Array.from({ length: ROUNDS }, (_, round) => {
  const messages = messagesOf(round * ORDERS)
  return {
    ours: microsecondsPerMessage(messages, (text) => {
      reader.read(text)
    }),
    plain: microsecondsPerMessage(messages, (text) => {
      JSON.parse(text)
    }),
  }
})
if (heard < ROUNDS * ORDERS * 3) throw new Error(`expected ${ROUNDS * ORDERS * 3} events at least, heard ${heard}`)
process.send?.({
  parseMicroseconds: Math.round(median(rounds.map(({ ours }) => ours)) * 100) / 100,
  plainJsonParseMicroseconds: Math.round(median(rounds.map(({ plain }) => plain)) * 100) / 100,
})
