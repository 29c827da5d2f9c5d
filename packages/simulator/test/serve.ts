import { type OrderRef, type OrderRequest, type VenueOrderTerms } from '@tranchebook/adapters'
import { parseMoney, parsePrice } from '@tranchebook/core'
import { vi } from 'vitest'
import { ASTER_BEHAVIOUR, type Behaviour, BINANCE_BEHAVIOUR } from '../src/engine/behaviour.js'
import { createExchange, type Exchange, openAccount } from '../src/engine/exchange.js'
import { movePrice } from '../src/engine/move-price.js'
import { type Faults } from '../src/faults/faults.js'
import { BTCUSDT, ETHUSDT } from '../src/market/usual-rules.js'
import type { Dialect, ServerKeys, ServerManners } from '../src/server/context.js'
import { type ServedVenue, serveVenue } from '../src/server/serve-venue.js'

/** Keys of nobody: the venues' documents print them as examples. */
export const AGENT_KEY = '0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1'
export const AGENT = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'
export const WALLET = '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e'

export const KEYS: ServerKeys = {
  apiKey: 'test-api-key',
  apiSecret: 'test-api-secret',
  agent: { signer: AGENT, user: WALLET, chainId: 1666 },
}

/** A server with BTCUSDT at 50 000, ETHUSDT at 3 000 and 10 000 USDT, on the machine's clock. */
export async function serve(
  dialect: Dialect,
  options: {
    readonly behaviour?: Partial<Behaviour>
    readonly faults?: Faults
    readonly manners?: Partial<ServerManners>
    readonly keys?: ServerKeys
  } = {},
): Promise<{ readonly exchange: Exchange; readonly served: ServedVenue; readonly move: (to: string) => void }> {
  const usual = dialect === 'binance' ? BINANCE_BEHAVIOUR : ASTER_BEHAVIOUR
  const exchange = createExchange({
    markets: [
      { rules: BTCUSDT, price: parsePrice('50000') },
      { rules: ETHUSDT, price: parsePrice('3000') },
    ],
    behaviour: { ...usual, ...options.behaviour },
    seed: 1,
    startTime: Date.now(),
    liquidity: { spreadTicks: 1 },
  })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney('10000')]]))
  const { faults, manners } = options
  const served = await serveVenue({
    exchange,
    account: 'main',
    dialect,
    keys: options.keys ?? KEYS,
    ...(faults === undefined ? {} : { faults }),
    ...(manners === undefined ? {} : { manners }),
  })
  const move = (to: string): void => {
    movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice(to), axis: 'both', isGap: false })
  }
  return { exchange, served, move }
}

/** An order for BTCUSDT as the port takes it. */
export function request(terms: Partial<VenueOrderTerms> & { readonly clientOrderId: string }): OrderRequest {
  const plain: VenueOrderTerms = {
    clientOrderId: 'E1',
    purpose: 'entry',
    orderType: 'MARKET',
    orderSide: 'BUY',
    positionSide: 'BOTH',
    quantity: '0.02',
    price: null,
    triggerPrice: null,
    reduceOnly: false,
    closePosition: false,
  }
  return { symbol: 'BTCUSDT', workingType: 'MARK_PRICE', terms: { ...plain, ...terms } }
}

/** Names an order that was requested. */
export function refOf({ symbol, terms }: OrderRequest): OrderRef {
  const { clientOrderId, orderType } = terms
  return { symbol, clientOrderId, orderType, isProtection: false, venueOrderId: null, childOrderId: null }
}

/** Settles as soon as it holds; fails after five seconds, saying what did not happen. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!holds()) throw new Error(`${what} did not happen within five seconds`)
    },
    { timeout: 5_000, interval: 5 },
  )
}
