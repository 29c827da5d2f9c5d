import type { Clock } from '@tranchebook/adapters'
import { type CommandInput, InputError, parseInput, TranchebookError } from '@tranchebook/core'
import type { AccountLife } from './account/account-life.js'
import type { ModeWatch } from './account/mode-watch.js'
import type { BookLoop } from './book/book-loop.js'
import { pause } from './clock/pause.js'
import { answerOf, type CommandAnswer } from './command-answer.js'
import { ManagerError } from './manager-error.js'
import type { ManagerOptions } from './manager-options.js'
import type { SymbolRequest } from './manager-requests.js'

/** So long a command waits for limit exits to be cancelled, ms. */
const LONGEST_WITHDRAWAL_MS = 10_000
const LOOK_MS = 20
/** A limit exit that fills before its cancel leaves nothing. */
const NOTHING_LEFT: readonly string[] = ['trancheNotOpen', 'nothingToClose']

/** Whose commands are taken. */
export interface DeskHost {
  readonly options: Pick<ManagerOptions, 'account' | 'config'>
  readonly loops: ReadonlyMap<string, BookLoop>
  readonly mode: ModeWatch
  readonly clock: Clock
  readonly life: Pick<AccountLife, 'signal' | 'isOver'>
  /** The venue's time, epoch ms. */
  now(): number
}

/** What a book that could not take a command says. @throws what concerns the account as a whole, or is no error of ours */
function failureOf(symbol: string, error: unknown): CommandAnswer {
  if (!(error instanceof TranchebookError) || error.code === 'manager.stopped') throw error
  return { accepted: false, code: error.code, message: `${symbol} has not taken it: ${error.message}`, events: [] }
}

/** Limit exits that a command has had cancelled. */
function exitsWithdrawnBy({ events }: CommandAnswer, { book }: BookLoop): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== 'CancelIntended') return []
    const order = book.orders.get(event.clientOrderId) ?? book.endedOrders.get(event.clientOrderId)
    return order?.purpose === 'exit' ? [order.clientOrderId] : []
  })
}

/** What a command did at first and when it was asked again: that nothing was left for it then is no refusal. */
function joined(first: CommandAnswer, again: CommandAnswer): CommandAnswer {
  const events = [...first.events, ...again.events]
  const orders = [first, again].flatMap((answer) => (answer.accepted ? answer.orders : []))
  return again.accepted || NOTHING_LEFT.includes(again.code) ? { accepted: true, orders, events } : { ...again, events }
}

function stillResting(symbol: string, orders: readonly string[], { events }: CommandAnswer): CommandAnswer {
  const message = `${symbol}: limit exits ${orders.join(', ')} were to be cancelled first, and may still rest; nothing else was sent for what they hold: ask again`
  return { accepted: false, code: 'limitExitRests', message, events }
}

/** Brings what callers ask to the books, and what became of it back. */
export class CommandDesk {
  private readonly host: DeskHost
  private sequence = 0

  constructor(host: DeskHost) {
    this.host = host
  }

  get symbols(): readonly string[] {
    return [...this.host.loops.keys()]
  }

  /** @throws {ManagerError} `manager.unknown-symbol` */
  loopOf(symbol: string): BookLoop {
    const loop = this.host.loops.get(symbol)
    if (loop !== undefined) return loop
    const known = this.symbols.join(', ')
    throw new ManagerError(
      'manager.unknown-symbol',
      `${symbol} is not managed: ${known === '' ? 'no book is open yet, start first' : `managed are ${known}`}; add it to the configuration's symbols`,
      { details: { symbol } },
    )
  }

  /** Before entries are let in again the venue is asked how it holds positions. @throws {InputError} `input.malformed` */
  async command(symbol: string, command: Readonly<Record<string, unknown>>): Promise<CommandAnswer> {
    if (command['command'] === 'resume') await this.host.mode.reconsider()
    return this.carryOut(this.loopOf(symbol), command)
  }

  /** An answer of each book, in the order of {@link symbols}: one that cannot take it says why, and keeps no other from it. */
  async commandEach({ symbol, actor }: SymbolRequest, command: string): Promise<readonly CommandAnswer[]> {
    const symbols = symbol === undefined ? this.symbols : [symbol]
    if (command === 'resume') await this.host.mode.reconsider()
    return Promise.all(
      symbols.map(async (each) => {
        try {
          return await this.carryOut(this.loopOf(each), { command, actor: actor ?? null })
        } catch (error) {
          return failureOf(each, error)
        }
      }),
    )
  }

  /** What a command takes back of resting limit exits is closed by the same command, asked again once they are gone. */
  private async carryOut(loop: BookLoop, command: Readonly<Record<string, unknown>>): Promise<CommandAnswer> {
    const until = this.host.now() + LONGEST_WITHDRAWAL_MS
    const ask = async (): Promise<CommandAnswer> => answerOf(await loop.ask(this.parse(loop.symbol, command)))
    let answer = await ask()
    for (let latest = answer; answer.accepted; answer = joined(answer, latest)) {
      const withdrawn = exitsWithdrawnBy(latest, loop)
      if (withdrawn.length === 0) return answer
      if (!(await this.areGone(loop, withdrawn, until))) return stillResting(loop.symbol, withdrawn, answer)
      latest = await ask()
    }
    return answer
  }

  /** Waits until orders are gone; false = time was up, or the venue did not cancel them. */
  private async areGone(loop: BookLoop, orders: readonly string[], until: number): Promise<boolean> {
    const { clock, life } = this.host
    while (orders.some((id) => loop.book.orders.get(id)?.state === 'cancelling')) {
      if (loop.isHalted || life.isOver || this.host.now() >= until) return false
      await pause(clock, LOOK_MS, life.signal)
    }
    return !orders.some((id) => loop.book.orders.has(id))
  }

  private parse(symbol: string, command: Readonly<Record<string, unknown>>): CommandInput {
    this.sequence += 1
    const { account, config } = this.host.options
    const raw = { ...command, type: 'command', time: this.host.now(), symbol }
    const input = parseInput(raw, { account, positionMode: config.positionMode, sequence: this.sequence })
    if (input.type === 'command') return input
    throw new InputError('input.malformed', `type: expected a command, got ${input.type}`)
  }
}
