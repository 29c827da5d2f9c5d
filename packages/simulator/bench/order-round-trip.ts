import { fork } from 'node:child_process'
import { once } from 'node:events'
import { bareClient, ccxtClient, officialClient, type OrderClient, ownClient } from './order-clients.js'

const ORDERS = 1_500
const WARM_UP = 300

const CLIENTS = { bare: bareClient, own: ownClient, ccxt: ccxtClient, official: officialClient } as const

type ClientName = keyof typeof CLIENTS

const NAMES: readonly ClientName[] = ['bare', 'own', 'ccxt', 'official']

function median(values: readonly number[]): number {
  return values.toSorted((one, two) => one - two)[Math.floor(values.length / 2)] ?? 0
}

async function microseconds(client: OrderClient, clientOrderId: string): Promise<number> {
  const start = process.hrtime.bigint()
  await client.place(clientOrderId)
  return Number(process.hrtime.bigint() - start) / 1_000
}

/** Every client in turn, each time in another order, so that whatever slows the machine slows all of them. */
async function takeTurns(clients: Readonly<Record<ClientName, OrderClient>>): Promise<Record<ClientName, number>> {
  const times: Record<ClientName, number[]> = { bare: [], own: [], ccxt: [], official: [] }
  for (let turn = 0; turn < WARM_UP + ORDERS; turn += 1) {
    for (let place = 0; place < NAMES.length; place += 1) {
      const name = NAMES[(turn + place) % NAMES.length] ?? 'bare'
      const taken = await microseconds(clients[name], `b${turn}-${name}`)
      if (turn >= WARM_UP) times[name].push(taken)
    }
  }
  return {
    bare: median(times.bare),
    own: median(times.own),
    ccxt: median(times.ccxt),
    official: median(times.official),
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function portOf(message: unknown): number {
  const port = typeof message === 'object' && message !== null && 'port' in message ? Number(message.port) : Number.NaN
  if (!Number.isInteger(port)) throw new Error(`expected the port of the server, got ${JSON.stringify(message)}`)
  return port
}

/** One limit order and its answer over loopback: medians in microseconds, and ours by each of the others. */
export async function measureRoundTrips(): Promise<Record<string, number>> {
  const server = fork(new URL('echo-venue.ts', import.meta.url), {
    execArgv: ['--conditions=@tranchebook/source', '--import', 'tsx'],
  })
  const [message] = (await once(server, 'message')) as readonly unknown[]
  const rest = `http://127.0.0.1:${portOf(message)}`
  const open = {
    bare: await bareClient(rest),
    own: await ownClient(rest),
    ccxt: await ccxtClient(rest),
    official: await officialClient(rest),
  }
  const { bare, own, ccxt, official } = await takeTurns(open)
  await Promise.all(Object.values(open).map((client) => client.close()))
  server.disconnect()
  return {
    orderVersusBareHttp: round(own / bare),
    orderVersusCcxt: round(own / ccxt),
    orderVersusOfficial: round(own / official),
    orderMicroseconds: Math.round(own),
    bareHttpMicroseconds: Math.round(bare),
    ccxtMicroseconds: Math.round(ccxt),
    officialMicroseconds: Math.round(official),
  }
}
