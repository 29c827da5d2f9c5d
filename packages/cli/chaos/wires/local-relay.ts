import { once } from 'node:events'
import { createServer, type Server, Socket } from 'node:net'

/** Both ends of a connection: towards whoever called, and towards the server. */
export interface Ends {
  readonly near: Socket
  readonly far: Socket
}

/** An address of this machine that leads to a server on it; what passes between the ends is up to who extends it. */
export abstract class LocalRelay {
  private readonly listener: Server

  protected constructor({ hostname, port }: URL) {
    this.listener = createServer((near) => {
      this.connect({ near, far: new Socket().connect(Number(port), hostname) })
    })
  }

  /** An address of the same server that leads through this relay. */
  through(address: string): string {
    const url = new URL(address)
    const bound = this.listener.address()
    url.port = String(typeof bound === 'object' && bound !== null ? bound.port : 0)
    url.hostname = '127.0.0.1'
    return url.toString().replace(/\/$/, '')
  }

  /** Ends every connection, and takes no more. */
  async close(): Promise<void> {
    this.cut()
    this.listener.close()
    await once(this.listener, 'close')
  }

  /** Ends every connection. New ones may be made. */
  abstract cut(): void

  protected abstract connect(ends: Ends): void

  protected async listen(): Promise<this> {
    this.listener.listen(0, '127.0.0.1')
    await once(this.listener, 'listening')
    return this
  }
}
