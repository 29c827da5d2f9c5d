import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { KeeperAnswer, KeeperQuestion, KeeperSetup } from './keeper-words.js'

const PROGRAM = fileURLToPath(new URL('keeper.ts', import.meta.url))

/** A keeper as its parent sees it. */
export class ChildKeeper {
  readonly child: ChildProcess
  readonly startedTime = performance.now()
  private readonly answers: KeeperAnswer[] = []
  private waiting: ((answer: KeeperAnswer | null) => void) | null = null
  private isGone = false

  constructor(setup: KeeperSetup) {
    this.child = fork(PROGRAM, [JSON.stringify(setup)], {
      execArgv: ['--conditions=@tranchebook/source', '--import', 'tsx'],
      stdio: ['ignore', 2, 2, 'ipc'],
    })
    this.child.on('message', (answer: KeeperAnswer) => {
      this.take(answer)
    })
    this.child.once('exit', () => {
      this.isGone = true
      this.waiting?.(null)
      this.waiting = null
    })
  }

  /** Settles when it is live. @throws {Error} when it cannot start */
  async live(): Promise<void> {
    const answer = await this.next()
    if (answer?.type === 'live') return
    throw new Error(answer?.type === 'failed' ? answer.message : 'it died while it started')
  }

  /** One question at a time. `null` = it died before it answered. @throws {Error} when it fails to answer */
  async ask(question: KeeperQuestion): Promise<KeeperAnswer | null> {
    if (this.isGone) return null
    this.child.send(question, () => undefined)
    const answer = await this.next()
    if (answer?.type === 'failed') throw new Error(answer.message)
    return answer
  }

  get isDead(): boolean {
    return this.isGone
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }

  /** Settles once it is gone; `false` = it lived longer than that. */
  async died(withinMs: number): Promise<boolean> {
    if (this.isGone) return true
    const signal = AbortSignal.timeout(withinMs)
    return once(this.child, 'exit', { signal }).then(
      () => true,
      () => this.isGone,
    )
  }

  private take(answer: KeeperAnswer): void {
    const { waiting } = this
    this.waiting = null
    if (waiting === null) this.answers.push(answer)
    else waiting(answer)
  }

  private async next(): Promise<KeeperAnswer | null> {
    const known = this.answers.shift()
    if (known !== undefined) return known
    if (this.isGone) return null
    return new Promise((resolve) => {
      this.waiting = resolve
    })
  }
}
