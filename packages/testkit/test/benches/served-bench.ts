import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type CandleSource,
  type Clock,
  openAster,
  openBinance,
  Secret,
  systemClock,
  type Venue,
} from '@tranchebook/adapters'
import { createKeys, faultsByHand, type ServedVenue, serveVenue } from '@tranchebook/simulator'
import type { KeyKind, StageSetting, VenueBench } from '../../src/contract/index.js'
import { FACTS, type Likeness, marketHands, openMarket, START } from './market.js'

/** Which adapter is tried, and with which keys. */
export type ServedKind = 'binance' | 'binance-ed25519-socket' | 'aster-v3' | 'aster-v1'

const NAMES: Readonly<Record<ServedKind, string>> = {
  binance: 'Binance over sockets, HMAC',
  'binance-ed25519-socket': 'Binance over sockets, Ed25519, orders over the WebSocket interface',
  'aster-v3': 'Aster V3 over sockets, agent',
  'aster-v1': 'Aster V1 over sockets, HMAC',
}

const MOMENT_MS = 5
const LATE_MS = 300
const SEED = 7

/** Time that runs by itself from `START` on, and can be moved on. */
function createShiftedClock(): Clock & { readonly advance: (ms: number) => void } {
  let offset = START - Date.now()
  return {
    now: () => Date.now() + offset,
    schedule: (delayMs, run) => systemClock.schedule(delayMs, run),
    advance: (ms) => {
      offset += ms
    },
  }
}

const otherPair = generateKeyPairSync('ed25519')
/** PKCS #8 of Ed25519 is this prefix and 32 bytes: a key of nobody that is the same in every process. */
const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const der = Buffer.concat([PREFIX, createHash('sha256').update('a key of nobody').digest()])
const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const PUBLIC_KEY = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()

/** Keys of a stage as text. */
interface KeyTexts {
  readonly apiKey: string
  readonly apiSecret: string
  readonly privateKey: string
  readonly agentKey: string
}

function textsOf(right: KeyTexts, kind: KeyKind): KeyTexts {
  const other = randomBytes(32).toString('hex')
  if (kind === 'wrongSecret')
    return { ...right, apiSecret: other, privateKey: pem(otherPair.privateKey), agentKey: `0x${other}` }
  return kind === 'unknown' ? { ...right, apiKey: other, agentKey: `0x${other}` } : right
}

/** What must not be said, in the form in which it would be. */
function secretsIn({ apiKey, apiSecret, agentKey, privateKey: key }: KeyTexts): readonly string[] {
  return [apiKey, apiSecret, agentKey.slice(2), key.split('\n')[1] ?? key]
}

/** Every right key of every bench. */
export function canaries(): readonly string[] {
  const { keys, agentKey } = createKeys(SEED)
  return secretsIn({ apiKey: keys.apiKey, apiSecret: keys.apiSecret, agentKey, privateKey: pem(privateKey) })
}

interface Link {
  readonly kind: ServedKind
  readonly served: ServedVenue
  readonly texts: KeyTexts
  readonly clock: Clock
}

function connect({ kind, served, texts, clock }: Link): Venue & CandleSource {
  const { rest, ws: streams, wsApi } = served
  const apiKey = new Secret(texts.apiKey)
  const hmac = { apiKey, apiSecret: new Secret(texts.apiSecret) }
  const common = { account: 'main', clock }
  if (kind === 'aster-v3' || kind === 'aster-v1') {
    const key = kind === 'aster-v3' ? { agentKey: new Secret(texts.agentKey) } : hmac
    return openAster({ ...common, key, hosts: { rest, streams, chainId: 1666 } })
  }
  const isSocket = kind === 'binance-ed25519-socket'
  const key = isSocket ? { apiKey, privateKey: new Secret(texts.privateKey) } : hmac
  return openBinance({ ...common, key, hosts: { rest, streams, socketApi: wsApi ?? '' }, ordersOverSocket: isSocket })
}

async function openStage(kind: ServedKind, setting: StageSetting) {
  const likeness: Likeness = kind.startsWith('binance') ? 'binance' : 'aster'
  const exchange = openMarket(likeness, setting)
  const clock = createShiftedClock()
  const faults = faultsByHand({ delayMs: LATE_MS })
  const { keys, agentKey } = createKeys(SEED)
  let seen = 0
  const served = await serveVenue({
    exchange,
    account: 'main',
    dialect: likeness,
    clock,
    faults,
    keys: {
      ...keys,
      mayTrade: setting.keys !== 'readOnly',
      ...(kind === 'binance-ed25519-socket' ? { publicKey: PUBLIC_KEY } : {}),
    },
    onRequest: () => {
      seen += 1
    },
  })
  const { apiKey, apiSecret } = keys
  const texts = textsOf({ apiKey, apiSecret, privateKey: pem(privateKey), agentKey }, setting.keys)
  const ours = { ...clock, now: (): number => clock.now() + setting.clockAheadMs }
  const venue = connect({ kind, served, texts, clock: ours })
  return { exchange, clock, faults, served, venue, texts, requests: () => seen }
}

/** An adapter over real sockets against the simulated venue's server. */
export function servedBench(kind: ServedKind): VenueBench {
  return {
    name: NAMES[kind],
    lacks: kind.startsWith('aster') ? ['lateTriggers'] : [],
    open: async (setting) => {
      const { exchange, clock, faults, served, venue, texts, requests } = await openStage(kind, setting)
      return {
        ...FACTS,
        venue,
        candles: venue,
        secrets: secretsIn(texts),
        requests,
        pause: () => wait(MOMENT_MS),
        close: async () => {
          await venue.close()
          await served.close()
        },
        hands: {
          ...marketHands(exchange, () => clock.now()),
          failNextWrite: (fault) => {
            faults.write(fault)
          },
          failNextRead: (fault) => {
            faults.read(fault)
          },
          cutStreams: () => {
            served.cutStreams()
          },
          expireListenKey: () => {
            served.expireListenKey()
          },
          advance: (ms) => {
            clock.advance(ms)
          },
        },
      }
    },
  }
}
