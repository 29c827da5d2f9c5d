import { createServer, type Server, Socket } from 'node:net'

/**
 * What happens to the next append that passes: it never arrives; it arrives and the connection ends at once; it is done
 * but the answer is lost; nothing passes any more in either direction.
 */
export type Fault = 'drop-request' | 'cut-after-request' | 'lose-answer' | 'freeze'

interface Pair {
  readonly client: Socket
  readonly server: Socket
  /** What to do with the next answer of the server. */
  isAnswerLost: boolean
  isFrozen: boolean
}

/** A wire between client and server that can fail at a chosen statement. */
export class FaultyProxy {
  private readonly pairs = new Set<Pair>()
  private readonly listener: Server
  private readonly target: URL
  private fault: Fault | null = null
  /** Faults that have happened. */
  faults = 0
  /** Of these, connections that were frozen. */
  frozen = 0

  constructor(target: string) {
    this.target = new URL(target)
    this.listener = createServer((client) => {
      this.connect(client)
    })
  }

  /** Starts; the connection string through this wire. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.listener.listen(0, '127.0.0.1', resolve)
    })
    const address = this.listener.address()
    const url = new URL(this.target)
    url.port = String(typeof address === 'object' && address !== null ? address.port : 0)
    url.hostname = '127.0.0.1'
    return url.toString()
  }

  /** Arms a fault for the next append. */
  failNext(fault: Fault): void {
    this.fault = fault
  }

  /** Ends every connection now. */
  cutAll(): void {
    for (const pair of this.pairs) this.cut(pair)
  }

  /** Nothing passes any more, in either direction, and no connection ends. */
  freeze(): void {
    for (const pair of this.pairs) pair.isFrozen = true
  }

  async stop(): Promise<void> {
    this.cutAll()
    await new Promise((resolve) => {
      this.listener.close(resolve)
    })
  }

  private connect(client: Socket): void {
    const server = new Socket().connect(Number(this.target.port), this.target.hostname)
    const pair: Pair = { client, server, isAnswerLost: false, isFrozen: false }
    this.pairs.add(pair)
    client.on('data', (chunk) => {
      this.forward(pair, chunk)
    })
    server.on('data', (chunk) => {
      if (pair.isAnswerLost) this.cut(pair)
      else if (!pair.isFrozen) client.write(chunk)
    })
    for (const socket of [client, server]) {
      socket.on('error', () => {
        this.cut(pair)
      })
      socket.on('close', () => {
        this.cut(pair)
      })
    }
  }

  private forward(pair: Pair, chunk: Buffer): void {
    if (pair.isFrozen) return
    const fault = chunk.includes('tranche_append') ? this.fault : null
    if (fault === null) {
      pair.server.write(chunk)
      return
    }
    this.fault = null
    this.faults += 1
    if (fault === 'freeze') {
      pair.isFrozen = true
      this.frozen += 1
    } else if (fault === 'drop-request') this.cut(pair)
    else {
      pair.isAnswerLost = fault === 'lose-answer'
      pair.server.write(chunk, () => {
        if (fault === 'cut-after-request') this.cut(pair)
      })
    }
  }

  private cut(pair: Pair): void {
    this.pairs.delete(pair)
    pair.client.destroy()
    pair.server.destroy()
  }
}
