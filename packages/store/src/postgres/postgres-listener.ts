import { Client, type ClientConfig } from 'pg'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 5000

/**
 * Listens on a connection of its own. After a lost connection it listens again and rings, because notifications of the
 * time between are lost; until then readers look by themselves.
 */
export class PostgresListener {
  private readonly config: ClientConfig
  private readonly ring: () => void
  private client: Client | null = null
  private pauseMs = FIRST_PAUSE_MS
  private timer: NodeJS.Timeout | null = null
  private isClosed = false

  constructor(config: ClientConfig, ring: () => void) {
    this.config = config
    this.ring = ring
  }

  /** Resolves after the first attempt, whether it succeeded or not. */
  async start(): Promise<void> {
    if (this.isClosed) return
    const client = new Client(this.config)
    this.client = client
    client.on('notification', this.ring)
    client.on('error', () => undefined)
    client.once('end', () => {
      this.again(client)
    })
    try {
      await client.connect()
      await client.query('LISTEN tranche_events')
      this.pauseMs = FIRST_PAUSE_MS
      this.ring()
    } catch {
      void client.end().catch(() => undefined)
      this.again(client)
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    if (this.timer !== null) clearTimeout(this.timer)
    await this.client?.end().catch(() => undefined)
  }

  private again(client: Client): void {
    if (this.isClosed || this.client !== client) return
    this.client = null
    this.timer = setTimeout(() => {
      void this.start()
    }, this.pauseMs)
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS)
  }
}
