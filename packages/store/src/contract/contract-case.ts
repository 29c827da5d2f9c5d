import assert from 'node:assert/strict'
import type { EventStore, LogEvent, NewEvent, StoredEvent } from '../event-store.js'
import { InputError } from '@tranchebook/core'
import { parseLogEvent } from '../log/parse-event.js'

/** Event of the contract: old ones are called `Counted`, today's `Numbered`. */
export interface ContractEvent extends LogEvent {
  readonly number: number
  readonly text?: string
  readonly tranche?: string
}

/** What a case runs on. The store is shared by all cases, so each uses accounts of its own. */
export interface ContractBench {
  readonly store: EventStore<ContractEvent>
  /** An account name that no other case uses. */
  readonly account: string
}

/** A numbered promise of every store. */
export interface ContractCase {
  readonly id: string
  readonly title: string
  readonly run: (bench: ContractBench) => Promise<void>
}

function isNumbered(event: LogEvent): event is ContractEvent {
  return 'number' in event && typeof event.number === 'number'
}

/** Decoder to open a store with for the contract: version 1 of the event is upcast on every read. */
export function decodeContractEvent(json: unknown): ContractEvent {
  const event = parseLogEvent(json)
  if (!isNumbered(event)) throw new InputError('store.event.malformed', `${event.type} has no number`)
  return event.type === 'Counted' ? { ...event, type: 'Numbered', version: 2 } : event
}

const TIME = 1_714_000_000_000

/** A number as an event; its id is made of it. */
export function numbered(number: number, id = `n${number}`): NewEvent<ContractEvent> {
  return { id, event: { type: 'Numbered', version: 2, time: TIME + number, number } }
}

/** Events for the numbers from `first` to `last`. */
export function numbers(first: number, last: number): NewEvent<ContractEvent>[] {
  return Array.from({ length: last - first + 1 }, (_, index) => numbered(first + index))
}

/** Everything an iterable gives. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Numbers in a stream, in order. */
export async function numbersIn(store: EventStore<ContractEvent>, stream: string): Promise<number[]> {
  const events: StoredEvent<ContractEvent>[] = await collect(store.read(stream))
  return events.map(({ event }) => event.number)
}

/** The append must be refused with this code. */
export async function assertRefused(work: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof Error && 'code' in error, `expected an error with code ${code}, got ${String(error)}`)
    assert.equal(error.code, code)
    return true
  })
}

/** Whole numbers from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
