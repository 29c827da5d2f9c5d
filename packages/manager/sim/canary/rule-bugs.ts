import { type Input, type Instrument, parsePercent, type TrancheBook } from '@tranchebook/core'
import type { Bug } from './bug.js'
import type { Sabotage } from './sabotage.js'
import { changeEvent, misleadDecide, rewriteEvents, withConfig } from './rewrite.js'

function isEntry(input: Input): boolean {
  return input.type === 'command' && (input.command === 'openTranche' || input.command === 'addToTranche')
}

/** A group as if its isolated tranches were not there. */
function withoutIsolated(book: TrancheBook, side: 'LONG' | 'SHORT'): TrancheBook['groups']['LONG'] {
  const group = book.groups[side]
  const tranches = group.tranches.filter(({ isolated }) => !isolated)
  const gone = group.tranches.filter(({ isolated }) => isolated)
  const quantity = gone.reduce((left, tranche) => subtract(left, tranche.quantity), group.quantity)
  return { ...group, tranches, quantity }
}

function subtract<Amount extends bigint>(left: Amount, right: Amount): Amount
function subtract(left: bigint, right: bigint): bigint {
  return left - right
}

/** Goes on by the filters that the venue had when the program first asked. */
function keepFirstFilters(): Sabotage {
  const first = new Map<string, Instrument>()
  return misleadDecide((asked) => {
    const { symbol } = asked.book
    const instrument = first.get(symbol) ?? asked.context.instrument
    first.set(symbol, instrument)
    return { ...asked, context: { ...withConfig(asked.context, {}), instrument } }
  })
}

/** Rules that are broken: limits, isolation, stops, silence. */
export const RULE_BUGS: readonly Bug[] = [
  {
    name: 'isolatedOutOfTotals',
    story: 'compares the venue with the tranches that are not isolated',
    plant: () =>
      misleadDecide((asked) => {
        if (asked.input.type !== 'position') return asked
        const groups = { LONG: withoutIsolated(asked.book, 'LONG'), SHORT: withoutIsolated(asked.book, 'SHORT') }
        return { ...asked, book: { ...asked.book, groups } }
      }),
  },
  {
    name: 'ignorePauses',
    story: 'enters while entries are off',
    plant: () =>
      misleadDecide((asked) => (isEntry(asked.input) ? { ...asked, book: { ...asked.book, pauses: [] } } : asked)),
  },
  {
    name: 'ignoreEntriesInFlight',
    story: 'counts open tranches only, not the entries that are on their way',
    plant: () =>
      misleadDecide((asked) => {
        if (!isEntry(asked.input)) return asked
        const orders = new Map([...asked.book.orders].filter(([, { purpose }]) => purpose !== 'entry'))
        return { ...asked, book: { ...asked.book, orders } }
      }),
  },
  {
    name: 'ignoreConflicts',
    story: 'enters while the book and the venue contradict each other',
    plant: () =>
      misleadDecide((asked) => (isEntry(asked.input) ? { ...asked, book: { ...asked.book, conflict: null } } : asked)),
  },
  {
    name: 'keepFirstFilters',
    story: 'does not notice that the venue has changed its filters',
    plant: keepFirstFilters,
  },
  {
    name: 'anyMarkIsFresh',
    story: 'takes the last mark for the present one, however old it is',
    plant: () =>
      misleadDecide((asked) => {
        const { market } = asked.context
        if (market === null) return asked
        return {
          ...asked,
          context: { ...withConfig(asked.context, {}), market: { ...market, time: asked.input.time } },
        }
      }),
  },
  {
    name: 'enterUntraded',
    story: 'enters where the venue lets one only close',
    plant: () =>
      misleadDecide((asked) => {
        const instrument = { ...asked.context.instrument, isTrading: true }
        return { ...asked, context: { ...withConfig(asked.context, {}), instrument } }
      }),
  },
  { name: 'neverIsolate', story: 'never isolates', plant: () => changeEvent('TrancheIsolated', () => null) },
  {
    name: 'isolateTooEarly',
    story: 'isolates at half of the threshold',
    plant: () =>
      misleadDecide((asked) => ({
        ...asked,
        context: withConfig(asked.context, { trancheIsolationThreshold: parsePercent('0.3') }),
      })),
  },
  { name: 'stopNeverMoved', story: 'never moves a stop', plant: () => changeEvent('StopMoved', () => null) },
  {
    name: 'stopMovesBack',
    story: 'moves stops to the other side of where they were',
    plant: () =>
      changeEvent('StopMoved', (event) =>
        event.from === null || event.forced ? event : { ...event, from: event.to, to: event.from },
      ),
  },
  {
    name: 'stopScaledByLeverage',
    story: 'divides the distance of a stop by the leverage',
    plant: () =>
      changeEvent('TrancheOpened', (event) =>
        event.stopPrice === null ? event : { ...event, stopPrice: event.price },
      ),
  },
  {
    name: 'openWithoutStop',
    story: 'opens tranches without a stop',
    plant: () => changeEvent('TrancheOpened', (event) => ({ ...event, stopPrice: null })),
  },
  {
    name: 'silentlyUnprotected',
    story: 'does not say that a book is unprotected',
    plant: () => changeEvent('ProtectionLost', () => null),
  },
  {
    name: 'reviewOnFillsOnly',
    story: 'looks at what should rest only when something fills',
    plant: () =>
      rewriteEvents((events, { input, book }) =>
        input.type === 'review' && input.time - book.lastFillTime > 100 ? [] : events,
      ),
  },
]
