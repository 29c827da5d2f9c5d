import { type Venue, VenueError } from '@tranchebook/adapters'
import { type BookEvent, type Instrument, type OrderInput, orderInput } from '@tranchebook/core'
import { AppendError, type Appended, type EventStore, FencedError } from '@tranchebook/store'
import type { Bug } from './bug.js'

type Store = EventStore<BookEvent>

function placeFor(events: number, expected: unknown): Appended {
  const before = typeof expected === 'number' ? expected : 0
  return { firstVersion: before + 1, version: before + events, firstPosition: 1, position: events, isDuplicate: false }
}

/** Says that it is written, and writes it in the next moment. */
function earlyReply(store: Store): Store {
  return {
    ...store,
    append: async (stream, events, options) => {
      const writing = store.append(stream, events, options)
      writing.catch(() => undefined)
      return Promise.resolve(placeFor(events.length, options.expected))
    },
  }
}

function swallowFencing(store: Store): Store {
  return {
    ...store,
    append: async (stream, events, options) => {
      try {
        return await store.append(stream, events, options)
      } catch (error) {
        if (error instanceof FencedError) return placeFor(events.length, options.expected)
        throw error
      }
    },
    renewLease: async (lease) => Promise.resolve(lease),
  }
}

function writeAgain(store: Store): Store {
  return {
    ...store,
    append: async (stream, events, options) => {
      try {
        return await store.append(stream, events, options)
      } catch (error) {
        if (!(error instanceof AppendError) || error.outcome !== 'unknown') throw error
        const renamed = events.map((event) => ({ ...event, id: `${event.id}x` }))
        return store.append(stream, renamed, { ...options, expected: 'any' })
      }
    },
  }
}

function trustLostReplies(store: Store): Store {
  return {
    ...store,
    append: async (stream, events, options) => {
      try {
        return await store.append(stream, events, options)
      } catch (error) {
        if (error instanceof AppendError) return placeFor(events.length, options.expected)
        throw error
      }
    },
  }
}

/** The log as it was one event ago. */
function forgetTheLast(store: Store): Store {
  return {
    ...store,
    async *replay(stream, options) {
      const events: BookEvent[] = []
      for await (const batch of store.replay(stream, options)) events.push(...batch)
      if (events.length > 1) events.pop()
      yield events
    },
  }
}

/** Asks once for what the venue lists. */
function askOnce(venue: Venue): Venue {
  let asked: ReturnType<Venue['fetchInstruments']> | null = null
  return {
    ...venue,
    fetchInstruments: async () => {
      asked ??= venue.fetchInstruments().catch((error: unknown) => {
        asked = null
        throw error
      })
      return asked
    },
  }
}

/** Takes what was ever listed for listed. */
function listForever(venue: Venue): Venue {
  const ever = new Map<string, Instrument>()
  return {
    ...venue,
    fetchInstruments: async () => {
      for (const instrument of await venue.fetchInstruments()) ever.set(instrument.symbol, instrument)
      return [...ever.values()]
    },
  }
}

/** Believes that its stream tells everything as long as it stands. */
function lookAfterGapsOnly(venue: Venue): Venue {
  let known: { readonly symbols: string; readonly answer: Awaited<ReturnType<Venue['fetchPositions']>> } | null = null
  return {
    ...venue,
    streamAccount: (listener) =>
      venue.streamAccount((event) => {
        known = null
        listener(event)
      }),
    fetchPositions: async (symbols) => {
      if (known?.symbols === symbols.join()) return known.answer
      const answer = await venue.fetchPositions(symbols)
      known = { symbols: symbols.join(), answer }
      return answer
    },
  }
}

/** Ports that are used wrongly: the log is not waited for or not believed, the venue is not asked. */
export const PORT_BUGS: readonly Bug[] = [
  { name: 'sendBeforeRecorded', story: 'sends before the log has answered', plant: () => ({ store: earlyReply }) },
  { name: 'ignoreFencing', story: 'goes on after another program took over', plant: () => ({ store: swallowFencing }) },
  {
    name: 'appendUnderNewIds',
    story: 'writes a batch again under new ids when the reply was lost',
    plant: () => ({ store: writeAgain }),
  },
  {
    name: 'trustFailedAppends',
    story: 'takes a failed append for a written one',
    plant: () => ({ store: trustLostReplies }),
  },
  {
    name: 'staleReplay',
    story: 'starts from a log that lacks its last event',
    plant: () => ({ store: forgetTheLast }),
  },
  {
    name: 'loseFillsOfGaps',
    story: 'never fetches trades that it has missed',
    plant: () => ({
      venue: (venue) => ({ ...venue, fetchTrades: async () => Promise.resolve({ fills: [], isComplete: true }) }),
    }),
  },
  {
    name: 'neverLookUp',
    story: 'never looks what became of an order',
    plant: () => ({
      venue: (venue) => ({
        ...venue,
        findOrder: async () => Promise.reject(new VenueError('simulator.read.failed', 'nobody has asked')),
      }),
    }),
  },
  {
    name: 'absentAtFirstLook',
    story: 'is told that every order it looks for does not exist',
    plant: () => ({
      venue: (venue) => ({
        ...venue,
        findOrder: async (order) => {
          const found = await venue.findOrder(order)
          return { type: 'notFound', time: found.type === 'found' ? found.report.time : found.time }
        },
      }),
    }),
  },
  {
    name: 'resumeWithoutSync',
    story: 'lets the stream go on after a gap without asking what it missed, and never asks for positions',
    plant: () => ({
      venue: (venue) => ({
        ...venue,
        fetchTrades: async () => Promise.resolve({ fills: [], isComplete: true }),
        fetchPositions: async () => Promise.resolve([]),
      }),
    }),
  },
  { name: 'askForFiltersOnce', story: 'never asks for the filters again', plant: () => ({ venue: askOnce }) },
  {
    name: 'listForever',
    story: 'waits for answers about a symbol that the venue has struck off, and compares nothing in the meantime',
    plant: () => ({ venue: listForever }),
  },
  {
    name: 'trustClock',
    story: 'takes the clock of its machine for one that nobody sets',
    plant: () => ({
      clock: (clock) => ({ now: () => clock.now(), schedule: (ms, run) => clock.schedule(ms, run) }),
    }),
  },
  {
    name: 'shortAcceptWindow',
    story: 'takes an order for absent that may still land',
    plant: () => ({
      venue: (venue) => ({ ...venue, capabilities: { ...venue.capabilities, acceptWindowMs: 2500 } }),
    }),
  },
  {
    name: 'lookAfterGapsOnly',
    story: 'asks for positions only once the stream has said something',
    plant: () => ({ venue: lookAfterGapsOnly }),
  },
  {
    name: 'cancelIsSuccess',
    story: 'takes every cancel for done',
    plant: () => ({
      venue: (venue) => ({
        ...venue,
        cancel: async (order) => {
          const result = await venue.cancel(order)
          return result.outcome === 'acknowledged'
            ? result
            : {
                outcome: 'acknowledged',
                clientOrderId: order.clientOrderId,
                venueOrderId: order.venueOrderId,
                report: cancelled(order.clientOrderId, order.symbol, venue.account),
              }
        },
      }),
    }),
  },
  {
    name: 'sendTwice',
    story: 'sends an order again at once when the outcome is unknown',
    plant: () => ({
      venue: (venue) => ({
        ...venue,
        submit: async (order) => {
          const result = await venue.submit(order)
          return result.outcome === 'unknown' ? venue.submit(order) : result
        },
      }),
    }),
  },
]

/** What a venue says of an order that it has cancelled. */
function cancelled(clientOrderId: string, symbol: string, account: string): OrderInput {
  return orderInput({ account, symbol, time: 0, clientOrderId, status: 'cancelled' })
}
