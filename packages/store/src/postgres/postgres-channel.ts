import type { ClientConfig } from 'pg'
import type { AppendChannel, Statement } from '../sql/sql-engine.js'
import { connectionFailure } from './connection-failure.js'
import { PostgresClient } from './postgres-client.js'

/** How the channel connects. */
export interface ChannelOptions {
  readonly client: ClientConfig
  /** False where a pooler in between cannot keep prepared statements. */
  readonly keepsPlans: boolean
}

/** One connection of its own for appends, replaced whenever an answer on it fails to come. */
export class PostgresChannel implements AppendChannel {
  private readonly options: ChannelOptions
  private client: PostgresClient | null = null

  constructor(options: ChannelOptions) {
    this.options = options
  }

  async run({ name, text, values }: Statement): Promise<string> {
    const client = this.client ?? (await this.connect())
    const query = this.options.keepsPlans ? { name, text, values } : { text, values }
    const { rows } = await client.query<{ answer: string }>(query)
    return rows[0]?.answer ?? ''
  }

  discard(): void {
    this.client?.cut()
    this.client = null
  }

  async close(): Promise<void> {
    const { client } = this
    this.client = null
    await client?.end()
  }

  private async connect(): Promise<PostgresClient> {
    const client = new PostgresClient(this.options.client)
    client.on('error', () => {
      if (this.client === client) this.client = null
    })
    try {
      await client.connect()
    } catch (cause) {
      client.cut()
      throw connectionFailure(cause)
    }
    this.client = client
    return client
  }
}
