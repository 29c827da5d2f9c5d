import {
  type Decode,
  type LogEvent,
  openEmbeddedStore,
  openPostgresStore,
  type Project,
  type SqlStore,
  type StoreOptions,
} from '@tranchebook/store'
import { databaseFailure } from './database-failure.js'
import { assertDatabaseThere, type DatabasePlace, databasePlace } from './database-place.js'
import type { DatabaseRequest } from './database-request.js'

/** Opens the store at a place. */
export async function openStore<Event extends LogEvent>(
  place: DatabasePlace,
  options: StoreOptions<Event>,
): Promise<SqlStore<Event>> {
  if (place.type === 'directory') return openEmbeddedStore({ ...options, directory: place.directory })
  const { connectionString, isPooled } = place
  return openPostgresStore({ ...options, connectionString, isPooled })
}

/** What a command does with a store, and how the store shall read. */
export interface StoreWork<Event extends LogEvent, Result> {
  readonly decode: Decode<Event>
  readonly project?: Project<Event>
  readonly work: (store: SqlStore<Event>) => Promise<Result>
}

/**
 * Works on the store a request names and closes it whatever happens. The schema is left as it is.
 *
 * @throws {CommandFailure} when there is no store, or it cannot be used.
 */
export async function useStore<Event extends LogEvent, Result>(
  request: DatabaseRequest,
  { work, ...options }: StoreWork<Event, Result>,
): Promise<Result> {
  const place = databasePlace(request)
  assertDatabaseThere(place)
  try {
    const store = await openStore(place, { ...options, migration: 'check' })
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  } catch (error) {
    throw databaseFailure(place.name, error)
  }
}
