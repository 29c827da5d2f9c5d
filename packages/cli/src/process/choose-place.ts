import process from 'node:process'
import { type DatabasePlace, databasePlace } from '../database/database-place.js'
import { readSecret } from './read-secret.js'
import type { StoreSection } from './run-config.js'
import type { AccountRequest } from './account-request.js'

/** Where the log of an account is: as the command line says, else the configuration, else the environment, else a directory of its own. */
export async function choosePlace(
  { directory, database }: Pick<AccountRequest, 'directory' | 'database'>,
  store: StoreSection,
  account: string,
): Promise<DatabasePlace> {
  if (directory !== undefined || database !== undefined)
    return databasePlace({ ...(directory !== undefined && { directory }), ...(database !== undefined && { database }) })
  if (store.directory !== undefined) return databasePlace({ directory: store.directory })
  if (store.database !== undefined)
    return databasePlace({ database: (await readSecret('URL of the database', store.database)).reveal() })
  const url = process.env['DATABASE_URL'] ?? ''
  return databasePlace(url === '' ? { directory: `.tranchebook/${account}` } : { database: url })
}
