import type { Socket } from 'node:net'
import { Client, type ClientConfig } from 'pg'
import type { AppendChannel, Statement } from '../sql/sql-engine.js'
import { StoreError } from '../store-errors.js'

interface Connection {
  readonly client: Client
  readonly socket: Socket
}

/** How the channel connects. */
export interface ChannelOptions {
  readonly client: ClientConfig
  readonly openSocket: () => Socket
  /** False where a pooler in between cannot keep prepared statements. */
  readonly keepsPlans: boolean
}

/** One connection of its own for appends, replaced whenever an answer on it fails to come. */
export class PostgresChannel implements AppendChannel {
  private readonly options: ChannelOptions
  private connection: Connection | null = null

  constructor(options: ChannelOptions) {
    this.options = options
  }

  async run({ name, text, values }: Statement): Promise<string> {
    const { client } = this.connection ?? (await this.connect())
    const query = this.options.keepsPlans ? { name, text, values } : { text, values }
    const { rows } = await client.query<{ answer: string }>(query)
    return rows[0]?.answer ?? ''
  }

  /** Cuts the socket: a frozen server would never answer a polite end. */
  discard(): void {
    this.connection?.socket.destroy()
    this.connection = null
  }

  async close(): Promise<void> {
    const { connection } = this
    this.connection = null
    await connection?.client.end()
  }

  private async connect(): Promise<Connection> {
    const socket = this.options.openSocket()
    const client = new Client({ ...this.options.client, stream: () => socket })
    const connection = { client, socket }
    client.on('error', () => {
      socket.destroy()
      if (this.connection === connection) this.connection = null
    })
    try {
      await client.connect()
    } catch (cause) {
      socket.destroy()
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new StoreError('store.unavailable', `the database cannot be reached: ${why}`, { cause })
    }
    this.connection = connection
    return connection
  }
}
