import { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** So long a server has time to end connections in order, ms. */
const PATIENCE_MS = 2000

/** Sockets of connections to a server, so that they can be cut: a frozen server would never answer a polite end. */
export class Sockets {
  private readonly opened = new Set<Socket>()

  /** A socket for a new connection. */
  readonly open = (): Socket => {
    const socket = new Socket()
    this.opened.add(socket)
    socket.once('close', () => this.opened.delete(socket))
    return socket
  }

  /** Waits until connections have ended politely, but not for long. */
  async end(politely: Promise<unknown>): Promise<void> {
    const isOver = new AbortController()
    const signal = isOver.signal
    await Promise.race([politely.catch(() => undefined), pause(PATIENCE_MS, undefined, { signal })])
    isOver.abort()
    for (const socket of this.opened) socket.destroy()
  }
}
