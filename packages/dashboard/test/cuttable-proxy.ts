import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'

/** Passes connections on to a port of this machine until it is told to cut them. */
export class CuttableProxy {
  private readonly server: Server
  private readonly sockets = new Set<Socket>()
  private isCut = false
  private isHanging = false

  private constructor(target: number) {
    this.server = createServer((near) => {
      if (this.isCut) {
        near.destroy()
        return
      }
      if (this.isHanging) {
        this.keep(near)
        return
      }
      const far = connect(target, '127.0.0.1')
      for (const socket of [near, far]) this.keep(socket)
      near.pipe(far)
      far.pipe(near)
    })
  }

  static async open(target: number): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(target)
    await new Promise<void>((resolve) => {
      proxy.server.listen(0, '127.0.0.1', resolve)
    })
    return proxy
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  /** Ends every connection, and refuses new ones until it is mended. */
  cut(): void {
    this.isCut = true
    for (const socket of this.sockets) socket.destroy()
  }

  /** Keeps every connection, and passes nothing on until it is mended. */
  hang(): void {
    this.isHanging = true
    for (const socket of this.sockets) socket.unpipe().pause()
  }

  /** What hung is ended, and has to be tried again. */
  mend(): void {
    this.isCut = false
    if (!this.isHanging) return
    this.isHanging = false
    for (const socket of this.sockets) socket.destroy()
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve()
      })
    })
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.sockets.delete(socket)
    })
  }
}
