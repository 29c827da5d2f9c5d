import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { openPostgresEngine } from '../src/postgres/postgres-engine.js'
import { migrate } from '../src/schema/migrate.js'
import { isShared, madeOnce } from './shared-home.js'

async function createDatabaseAt(url: string, template = 'template0'): Promise<string> {
  const name = `tranche_${randomBytes(6).toString('hex')}`
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8'`)
  } finally {
    await client.end()
  }
  const database = new URL(url)
  database.pathname = `/${name}`
  return database.toString()
}

async function migratedTemplate(url: string): Promise<string> {
  const connectionString = await createDatabaseAt(url)
  const engine = openPostgresEngine({ connectionString })
  await migrate(engine.db)
  await engine.close()
  return new URL(connectionString).pathname.slice(1)
}

/** Databases on a server; the first migrated one is the template of the others. */
export class Databases {
  private readonly url: string
  /** Whether all files of a run use this server. */
  private readonly isOfRun: boolean
  private template: Promise<string> | null = null

  constructor(url: string, isOfRun: boolean) {
    this.url = url
    this.isOfRun = isOfRun
  }

  async create(): Promise<string> {
    return createDatabaseAt(this.url)
  }

  async createMigrated(): Promise<string> {
    this.template ??=
      isShared() && this.isOfRun
        ? madeOnce('template', async () => migratedTemplate(this.url))
        : migratedTemplate(this.url)
    return createDatabaseAt(this.url, await this.template)
  }

  async version(): Promise<string> {
    const client = new Client({ connectionString: this.url })
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    await client.end()
    return rows[0]?.server_version ?? 'unknown'
  }
}
