import { once } from 'node:events'
import { createServer, type Server, Socket } from 'node:net'

/** A wire from this machine to a server on it, which can be cut, or go silent without ending. */
export class Wire {
  private readonly pairs = new Map<Socket, Socket>()
  private readonly listener: Server
  private readonly target: URL
  private isFrozen = false

  private constructor(target: URL) {
    this.target = target
    this.listener = createServer((client) => {
      this.connect(client)
    })
  }

  /** A wire to where the address leads. */
  static async to(address: string): Promise<Wire> {
    const wire = new Wire(new URL(address))
    wire.listener.listen(0, '127.0.0.1')
    await once(wire.listener, 'listening')
    return wire
  }

  /** An address of the same server that leads through this wire. */
  through(address: string): string {
    const url = new URL(address)
    const bound = this.listener.address()
    url.port = String(typeof bound === 'object' && bound !== null ? bound.port : 0)
    url.hostname = '127.0.0.1'
    return url.toString().replace(/\/$/, '')
  }

  /** Ends every connection. New ones may be made. */
  cut(): void {
    for (const [client, server] of this.pairs) {
      client.destroy()
      server.destroy()
    }
    this.pairs.clear()
  }

  /** Nothing passes any more in either direction, and nobody is told. */
  freeze(): void {
    this.isFrozen = true
    for (const socket of [...this.pairs.keys(), ...this.pairs.values()]) socket.pause()
  }

  /** What waited passes. */
  thaw(): void {
    this.isFrozen = false
    for (const socket of [...this.pairs.keys(), ...this.pairs.values()]) socket.resume()
  }

  async close(): Promise<void> {
    this.cut()
    this.listener.close()
    await once(this.listener, 'close')
  }

  private connect(client: Socket): void {
    const server = new Socket().connect(Number(this.target.port), this.target.hostname)
    this.pairs.set(client, server)
    const end = (): void => {
      this.pairs.delete(client)
      client.destroy()
      server.destroy()
    }
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('data', (chunk) => to.write(chunk))
      from.on('error', end)
      from.on('close', end)
      if (this.isFrozen) from.pause()
    }
  }
}
