import type { Socket } from 'node:net'
import { type Ends, LocalRelay } from './local-relay.js'

/** A wire from this machine to a server on it, which can be cut, or go silent without ending. */
export class Wire extends LocalRelay {
  private readonly pairs = new Map<Socket, Socket>()
  private isFrozen = false

  /** A wire to where the address leads. */
  static async to(address: string): Promise<Wire> {
    return new Wire(new URL(address)).listen()
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

  protected connect({ near: client, far: server }: Ends): void {
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
