import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type AccountView, type Action, connectDashboard, type DashboardClient } from '@tranchebook/dashboard'
import { vi } from 'vitest'

const PROGRAM = fileURLToPath(new URL('run-command.ts', import.meta.url))
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const PATIENCE = { timeout: 100_000, interval: 50 }

/** How it ended. */
export interface Ended {
  readonly exitCode: number | null
  /** What it said. */
  readonly stderr: string
}

/** What a program waits for until it is so. */
type Wish<Value> = (state: AccountView) => Value | null

/** A process of the command line that owns an account: `tranchebook run`. */
export class RunningOwner {
  readonly ended: Promise<Ended>
  private readonly child: ChildProcess
  private readonly directory: string
  private readonly introduced: Promise<unknown>
  private said = ''

  /** `directory` is where it writes itself down for others. */
  constructor(args: readonly string[], home: string, directory: string) {
    const { DATABASE_URL: _, ...env } = process.env
    this.directory = directory
    this.child = spawn(process.execPath, ['--conditions=@tranchebook/source', '--import', LOADER, PROGRAM, ...args], {
      cwd: home,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said += text
    })
    this.ended = once(this.child, 'close').then(([exitCode]) => ({
      exitCode: typeof exitCode === 'number' ? exitCode : null,
      stderr: this.said,
    }))
    this.introduced =
      this.child.stdout === null ? this.ended : once(createInterface({ input: this.child.stdout }), 'line')
  }

  /** Settles when it has said where its page is: its account is live then. @throws {Error} when it ended before */
  async live(): Promise<this> {
    const ended = await Promise.race([this.introduced.then(() => null), this.ended])
    if (ended === null) return this
    throw new Error(`it ended with ${String(ended.exitCode)} before it was live: ${ended.stderr}`)
  }

  /** Its interface, as it is written down. */
  get client(): DashboardClient {
    const { url, token } = JSON.parse(readFileSync(join(this.directory, 'process.json'), 'utf8')) as Record<
      'url' | 'token',
      string
    >
    return connectDashboard({ url, token })
  }

  /** Waits until it has said this on its stderr, where its health is told as it changes. */
  async says(words: string): Promise<void> {
    await vi.waitFor(() => {
      if (!this.said.includes(words)) throw new Error(`expected it to say ${words}, it said:\n${this.said}`)
    }, PATIENCE)
  }

  /** Waits until its health names a reason; gives what it says. */
  async suffers(code: string): Promise<AccountView['health']['reasons'][number]> {
    return this.until(({ health }) => health.reasons.find((reason) => reason.code === code) ?? null)
  }

  /** Waits until nothing is wrong. */
  async recovers(): Promise<AccountView> {
    return this.until((state) => (state.health.status === 'live' ? state : null))
  }

  async until<Value>(wish: Wish<Value>): Promise<Value> {
    return vi.waitFor(async () => {
      const state = await this.client.state()
      const value = wish(state)
      if (value === null) throw new Error(`not yet: ${JSON.stringify(state.health)}`)
      return value
    }, PATIENCE)
  }

  /** Waits until its book of a symbol holds this much, signed. */
  async holds(quantity: string, symbol = 'BTCUSDT'): Promise<void> {
    await vi.waitFor(async () => {
      const { books } = await this.client.books()
      const sides = books.find((book) => book.symbol === symbol)?.sides ?? []
      const net = sides.reduce((sum, side) => sum + Number(side.quantity) * (side.side === 'LONG' ? 1 : -1), 0)
      if (net !== Number(quantity)) throw new Error(`expected ${quantity} ${symbol}, it holds ${net}`)
    }, PATIENCE)
  }

  /** Looks at what an action would do, then has it done. */
  async act(action: Action): Promise<readonly { readonly accepted: boolean }[]> {
    return vi.waitFor(async () => {
      const { confirmation } = await this.client.preview(action)
      if (confirmation === null) throw new Error('it would be refused now')
      return (await this.client.act({ action, actor: 'somebody', confirmation })).results
    }, PATIENCE)
  }

  signal(name: 'SIGINT' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(name)
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.ended
  }
}
