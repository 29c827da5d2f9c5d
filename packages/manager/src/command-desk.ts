import { type CommandInput, InputError, parseInput, TranchebookError } from '@tranchebook/core'
import type { ModeWatch } from './account/mode-watch.js'
import type { BookLoop } from './book/book-loop.js'
import { answerOf, type CommandAnswer } from './command-answer.js'
import { ManagerError } from './manager-error.js'
import type { ManagerOptions } from './manager-options.js'
import type { SymbolRequest } from './manager-requests.js'

/** Whose commands are taken. */
export interface DeskHost {
  readonly options: Pick<ManagerOptions, 'account' | 'config'>
  readonly loops: ReadonlyMap<string, BookLoop>
  readonly mode: ModeWatch
  /** The venue's time, epoch ms. */
  now(): number
}

/** What a book that could not take a command says. @throws what concerns the account as a whole, or is no error of ours */
function failureOf(symbol: string, error: unknown): CommandAnswer {
  if (!(error instanceof TranchebookError) || error.code === 'manager.stopped') throw error
  return { accepted: false, code: error.code, message: `${symbol} has not taken it: ${error.message}`, events: [] }
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
    return answerOf(await this.loopOf(symbol).ask(this.parse(symbol, command)))
  }

  /** An answer of each book, in the order of {@link symbols}: one that cannot take it says why, and keeps no other from it. */
  async commandEach({ symbol, actor }: SymbolRequest, command: string): Promise<readonly CommandAnswer[]> {
    const symbols = symbol === undefined ? this.symbols : [symbol]
    if (command === 'resume') await this.host.mode.reconsider()
    return Promise.all(
      symbols.map(async (each) => {
        const loop = this.loopOf(each)
        const input = this.parse(each, { command, actor: actor ?? null })
        try {
          return answerOf(await loop.ask(input))
        } catch (error) {
          return failureOf(each, error)
        }
      }),
    )
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
