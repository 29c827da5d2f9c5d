import type { AccountEvent, ConnectionEvent } from '../venue/account-event.js'

/** Lets nothing through between a gap and the end of the resynchronisation that follows it. */
export interface ResyncGate {
  /** A connection stands: announces it, asks for a resynchronisation and holds what comes. */
  connected(time: number, reason: string): void
  /**
   * Something is unclear although the connection stands: asks for a resynchronisation, or for another one after that which is under way:
   * it may have looked before.
   */
  doubt(time: number, reason: string): void
  lost(time: number, since: number | null, reason: string): void
  pass(event: AccountEvent): void
  resume(resync: number): void
  isHolding(): boolean
}

/** More than this many held events are dropped and asked for again. */
const MOST_HELD = 10_000

/** Holds back account events while a resynchronisation is due. Connection events always pass. */
export function createResyncGate(listener: (event: AccountEvent) => void): ResyncGate {
  let resync = 0
  let due: number | null = null
  let held: AccountEvent[] | null = null
  let lastPassedTime: number | null = null
  let doubt: { readonly time: number; readonly reason: string } | null = null

  const ask = (time: number, reason: string): void => {
    doubt = null
    resync += 1
    due = resync
    held ??= []
    const event: ConnectionEvent = { type: 'resyncNeeded', resync, time, since: lastPassedTime, reason }
    listener(event)
  }
  const deliver = (event: AccountEvent): void => {
    lastPassedTime = event.time
    listener(event)
  }
  return {
    connected: (time, reason) => {
      listener({ type: 'connected', time })
      ask(time, reason)
    },
    doubt: (time, reason) => {
      if (held === null) ask(time, reason)
      else doubt = { time, reason }
    },
    lost: (time, since, reason) => {
      held ??= []
      due = null
      listener({ type: 'gap', time, since, reason })
    },
    pass: (event) => {
      if (held === null) return deliver(event)
      held.push(event)
      if (held.length <= MOST_HELD) return
      held = []
      ask(event.time, `more than ${MOST_HELD} events came before the resynchronisation ended`)
    },
    resume: (number) => {
      if (number !== due || held === null) return
      due = null
      const waiting = held
      held = null
      for (const event of waiting) deliver(event)
      if (doubt !== null) ask(doubt.time, doubt.reason)
    },
    isHolding: () => held !== null,
  }
}
