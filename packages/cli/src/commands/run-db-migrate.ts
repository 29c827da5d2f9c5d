import { decodeAny, SCHEMA_VERSIONS, StoreError } from '@tranchebook/store'
import { databaseFailure } from '../database/database-failure.js'
import { type DatabasePlace, databasePlace } from '../database/database-place.js'
import type { DatabaseRequest } from '../database/database-request.js'
import { openStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'

async function isCurrent(place: DatabasePlace): Promise<boolean> {
  try {
    const store = await openStore(place, { decode: decodeAny, migration: 'check' })
    await store.close()
    return true
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store.schema.missing') return false
    throw error
  }
}

async function migrateAt(place: DatabasePlace): Promise<boolean> {
  try {
    if (await isCurrent(place)) return false
    const store = await openStore(place, { decode: decodeAny, migration: 'auto' })
    await store.close()
    return true
  } catch (error) {
    throw databaseFailure(place.name, error)
  }
}

/** Makes the schema or brings it up to date. @throws {CommandFailure} when the database cannot be used. */
export async function runDbMigrate(request: DatabaseRequest, terminal: Terminal): Promise<ExitCode> {
  const place = databasePlace(request)
  const isChanged = await migrateAt(place)
  const version = SCHEMA_VERSIONS.at(-1)
  const json = { schema: 'tranchebook/db-migrate/1', version, isChanged }
  const text = `schema ${version}, ${isChanged ? 'brought up to date' : 'as it was'}`
  await terminal.print(`${request.json === true ? JSON.stringify(json, null, 2) : text}\n`)
  return EXIT.fine
}
