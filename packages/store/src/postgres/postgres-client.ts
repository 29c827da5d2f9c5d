import type { Duplex } from 'node:stream'
import { Client, type ClientConfig } from 'pg'

/** A connection that can be cut: a frozen server would never answer a polite end. */
export class PostgresClient extends Client {
  isCut = false
  private readonly socket: Duplex | undefined

  constructor(config: ClientConfig = {}) {
    const socket = config.stream?.()
    super({ ...config, stream: () => socket })
    this.socket = socket
    // A connection that breaks while it is in use tells its client too; unheard, that would end the process.
    this.on('error', () => {
      this.cut()
    })
  }

  /** Ends the connection at once. The server undoes what was not committed on it. */
  cut(): void {
    this.isCut = true
    this.socket?.destroy()
  }
}
