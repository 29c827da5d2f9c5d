import { type AccountEvent, createResyncGate, type VenueStream } from '@tranchebook/adapters'
import type { EngineEvent } from '../engine/events.js'
import { EXPIRY } from '../engine/order.js'
import { createCourier } from '../faults/courier.js'
import { accountEvents } from './account-news.js'
import type { SimulatedSession } from './session.js'

/** A stream that can be cut by hand. */
export interface CuttableStream extends VenueStream {
  /** Loses the connection, and everything until it stands again. */
  cut(reason: string): void
}

const RECONNECT_MS = 1_000

function isHidden({ faults }: SimulatedSession, event: EngineEvent): boolean {
  return faults.hidesVanished && event.type === 'order' && event.expiryReason === EXPIRY.positionClosed
}

/** Messages on their way to the account, each of which may be lost with its connection, doubled, delayed or swapped. */
export function openAccountStream(session: SimulatedSession, listener: (event: AccountEvent) => void): CuttableStream {
  const { exchange, account, clock, faults } = session
  const gate = createResyncGate(listener)
  let isOpen = true
  let isConnected = true

  const pass = (events: readonly AccountEvent[]): void => {
    for (const event of events) if (isOpen && isConnected) gate.pass(event)
  }
  const connect = (reason: string): void => {
    if (!isOpen) return
    isConnected = true
    gate.connected(clock.now(), reason)
  }
  const cut = (reason: string): void => {
    if (!isOpen || !isConnected) return
    isConnected = false
    gate.lost(clock.now(), exchange.time, reason)
    clock.schedule(RECONNECT_MS, () => {
      connect('connected again')
    })
  }
  const send = createCourier<AccountEvent>({
    clock,
    faults,
    pass,
    cut: () => {
      cut('the connection was cut')
    },
    expireKey: () => {
      cut('the listen key has expired')
    },
  })
  const onEngine = (event: EngineEvent): void => {
    if (!isConnected || isHidden(session, event)) return
    const events = accountEvents(account, event)
    if (events.length > 0) send(events)
  }
  exchange.listeners.add(onEngine)
  const open = async (): Promise<void> => {
    await Promise.resolve()
    connect('first connection')
  }
  const opened = open()
  return {
    opened,
    cut,
    resume: (resync) => {
      gate.resume(resync)
    },
    close: () => {
      isOpen = false
      exchange.listeners.delete(onEngine)
      return Promise.resolve()
    },
  }
}
