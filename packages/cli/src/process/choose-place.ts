import process from 'node:process'
import { type DatabasePlace, databasePlace } from '../database/database-place.js'
import type { AccountRequest } from './account-request.js'
import { besideConfig } from './beside-config.js'
import { readSecret } from './read-secret.js'
import type { StoreSection } from './run-config.js'

/**
 * Where the log of an account is: as the command line says, else the configuration, else the environment, else a directory of its own.
 * What the configuration names, and what nobody names, lies beside the configuration.
 */
export async function choosePlace(
  { directory, database, config, pooled = false }: Pick<AccountRequest, 'directory' | 'database' | 'config' | 'pooled'>,
  store: StoreSection,
  account: string,
): Promise<DatabasePlace> {
  if (directory !== undefined || database !== undefined) {
    const place = { ...(directory !== undefined && { directory }), ...(database !== undefined && { database }) }
    return databasePlace({ ...place, pooled })
  }
  if (store.directory !== undefined) return databasePlace({ directory: besideConfig(store.directory, config) })
  const isPooled = pooled || (store.pooled ?? false)
  if (store.database !== undefined)
    return databasePlace({
      database: (await readSecret('URL of the database', store.database)).reveal(),
      pooled: isPooled,
    })
  const url = process.env['DATABASE_URL'] ?? ''
  if (url !== '') return databasePlace({ database: url, pooled: isPooled })
  return databasePlace({ directory: besideConfig(`.tranchebook/${account}`, config) })
}
