import { type Ends, LocalRelay } from '../../chaos/wires/local-relay.js'

/** One connection through a gate: both its ends, and how it was asked for. */
interface Pair extends Ends {
  /** First line of the newest request. */
  line: string
  readonly held: Buffer[]
}

const NOTHING = /(?!)/
const REQUEST = /^(?:GET|POST|PUT|DELETE) \S+/

/** The way to a venue on this machine, where single requests and streams can be refused or held up by what they ask for. */
export class Gate extends LocalRelay {
  private readonly pairs = new Set<Pair>()
  private refused = NOTHING
  private heldUp = NOTHING
  private leftOut = ''

  /** A gate before the address. */
  static async to(address: string): Promise<Gate> {
    return new Gate(new URL(address)).listen()
  }

  /** What asks for this is cut off, now and from now on, until all may pass again. */
  refuse(what: RegExp): void {
    this.refused = what
    for (const pair of this.pairs) if (what.test(pair.line)) this.end(pair)
  }

  /** Requests like this wait until all may pass again. */
  holdUp(what: RegExp): void {
    this.heldUp = what
  }

  /** Whoever subscribes from now on gets all but this stream. */
  leaveOut(stream: string): void {
    this.leftOut = `/${stream}`
  }

  /** Nothing is refused any more, and what was held up goes on. */
  open(): void {
    this.refused = NOTHING
    this.heldUp = NOTHING
    this.leftOut = ''
    for (const { held, far } of this.pairs) for (const chunk of held.splice(0)) far.write(chunk)
  }

  cut(): void {
    for (const pair of this.pairs) this.end(pair)
  }

  private end(pair: Pair): void {
    this.pairs.delete(pair)
    pair.near.destroy()
    pair.far.destroy()
  }

  protected connect({ near, far }: Ends): void {
    const pair: Pair = { near, far, line: '', held: [] }
    this.pairs.add(pair)
    near.on('data', (chunk) => {
      this.pass(pair, chunk)
    })
    far.on('data', (chunk) => near.write(chunk))
    for (const socket of [near, far])
      for (const ending of ['error', 'close'])
        socket.on(ending, () => {
          this.end(pair)
        })
  }

  private pass(pair: Pair, chunk: Buffer): void {
    const line = REQUEST.exec(chunk.toString('latin1', 0, 2000))
    if (line !== null) pair.line = line[0]
    if (this.refused.test(pair.line)) this.end(pair)
    else if (pair.held.length > 0 || (line !== null && this.heldUp.test(pair.line))) pair.held.push(chunk)
    else if (line !== null && this.leftOut !== '')
      pair.far.write(Buffer.from(chunk.toString('latin1').replace(this.leftOut, ''), 'latin1'))
    else pair.far.write(chunk)
  }
}
