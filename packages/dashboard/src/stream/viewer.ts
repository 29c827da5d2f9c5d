import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { writePiece } from '../server/write-answer.js'

/** A client may leave what was written unread for so long, then it is cut off and has to resume. */
const PATIENCE_MS = 30_000

/** One open stream: what must arrive is written in order, what may be missed is skipped while the client is slow. */
export class Viewer {
  readonly signal: AbortSignal
  private readonly response: ServerResponse
  private readonly ended = new AbortController()
  private isBusy = false

  constructor(response: ServerResponse) {
    this.response = response
    this.signal = this.ended.signal
    response.once('close', () => {
      this.end()
    })
  }

  /** Writes what must arrive, and waits until it was taken. @throws when the client left or was cut off */
  async send(piece: string): Promise<void> {
    this.isBusy = true
    const patience = new AbortController()
    void this.cutOff(patience.signal)
    try {
      await writePiece(this.response, piece, this.signal)
    } finally {
      this.isBusy = false
      patience.abort()
    }
  }

  /** Writes what may be missed, unless the client is still taking what was written before. */
  offer(piece: string): void {
    if (!this.isBusy && !this.signal.aborted && !this.response.writableNeedDrain) this.response.write(piece)
  }

  end(): void {
    if (this.ended.signal.aborted) return
    this.ended.abort()
    this.response.end()
  }

  private async cutOff(patience: AbortSignal): Promise<void> {
    const isLeft = await wait(PATIENCE_MS, true, { signal: patience, ref: false }).catch(() => false)
    if (!isLeft) return
    this.end()
    this.response.destroy()
  }
}
