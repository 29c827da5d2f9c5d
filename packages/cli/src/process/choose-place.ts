import process from 'node:process'
import { type DatabasePlace, databasePlace } from '../database/database-place.js'
import { readSecret } from './read-secret.js'
import type { StoreSection } from './run-config.js'
import type { AccountRequest } from './account-request.js'

/** Where the log of an account is: as the command line says, else the configuration, else the environment, else a directory of its own. */
export async function choosePlace(
  { directory, database, pooled = false }: Pick<AccountRequest, 'directory' | 'database' | 'pooled'>,
  store: StoreSection,
  account: string,
): Promise<DatabasePlace> {
  if (directory !== undefined || database !== undefined) {
    const place = { ...(directory !== undefined && { directory }), ...(database !== undefined && { database }) }
    return databasePlace({ ...place, pooled })
  }
  if (store.directory !== undefined) return databasePlace({ directory: store.directory })
  if (store.database !== undefined)
    return databasePlace({
      database: (await readSecret('URL of the database', store.database)).reveal(),
      pooled: pooled || (store.pooled ?? false),
    })
  const url = process.env['DATABASE_URL'] ?? ''
  if (url === '') return databasePlace({ directory: `.tranchebook/${account}` })
  return databasePlace({ database: url, pooled: pooled || (store.pooled ?? false) })
}
