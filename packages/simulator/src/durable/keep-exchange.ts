import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import type { EngineEvent } from '../engine/events.js'
import type { Exchange } from '../engine/exchange.js'
import { formatLine, formatRow, parseLine } from './parse-line.js'
import { restoreExchange } from './restore-exchange.js'
import { conditionalRow, noHistory, orderRow, presentRows, type Row } from './rows.js'

/** A venue whose orders, positions and money outlive its process. */
export interface KeptExchange {
  readonly exchange: Exchange
  /** Text that whoever drives the venue has left with it, by name; `null` = none. */
  noteOf(name: string): string | null
  /** Leaves a text with the venue. It is written with the next change, so that it fits the venue as it is then. */
  note(name: string, text: string): void
  /** Writes what has changed without telling, such as prices. */
  save(): void
  /** Writes what has changed, and ends writing. */
  close(): void
}

function newestRows(path: string): Map<string, Row> {
  const rows = new Map<string, Row>()
  if (!existsSync(path)) return rows
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const parsed = line === '' ? [] : parseLine(line)
    if (parsed === null) break
    for (const row of parsed) rows.set(`${row.type} ${row.key}`, row)
  }
  return rows
}

/** Orders that news name: they may have ended, and what has ended is not among the present rows. */
function namedRows(exchange: Exchange, events: readonly EngineEvent[]): readonly Row[] {
  const rows: Row[] = []
  for (const event of events) {
    if (event.type !== 'order' && event.type !== 'conditional') continue
    const account = exchange.accounts.get(event.account)
    const order = account?.orders.get(event.order.id)
    const conditional = account?.conditionals.get(event.order.id)
    if (event.type === 'order' && order !== undefined) rows.push(orderRow(order))
    if (event.type === 'conditional' && conditional !== undefined) rows.push(conditionalRow(conditional))
  }
  return rows
}

class Keeper implements KeptExchange {
  readonly exchange: Exchange
  private readonly file: number
  private readonly written = new Map<string, string>()
  private readonly notes = new Map<string, string>()
  private readonly history = noHistory()
  /** News that the last save has covered already. */
  private covered = 0

  constructor(exchange: Exchange, path: string, rows: readonly Row[]) {
    this.exchange = exchange
    for (const row of rows) if (row.type === 'note') this.notes.set(row.key, row.value)
    const unfinished = `${path}.unfinished`
    this.file = openSync(unfinished, 'w', 0o600)
    const ended = [...exchange.accounts.values()].flatMap((account) => [
      ...[...account.orders.values()].map(orderRow),
      ...[...account.conditionals.values()].map(conditionalRow),
    ])
    this.write(ended)
    fsyncSync(this.file)
    renameSync(unfinished, path)
    exchange.listeners.add(this.take)
  }

  noteOf(name: string): string | null {
    return this.notes.get(name) ?? null
  }

  note(name: string, text: string): void {
    this.notes.set(name, text)
  }

  save(): void {
    this.write([])
  }

  close(): void {
    this.exchange.listeners.delete(this.take)
    this.save()
    closeSync(this.file)
  }

  /** News come when an operation is complete: what is written before the first of them is told holds all of it. */
  private readonly take = (event: EngineEvent): void => {
    if (this.covered > 0) {
      this.covered -= 1
      return
    }
    const told = [event, ...this.exchange.outbox]
    this.covered = told.length - 1
    if (told.some(({ type }) => type !== 'mark' && type !== 'publicTrade')) this.write(namedRows(this.exchange, told))
  }

  private write(named: readonly Row[]): void {
    const notes = [...this.notes].map(([key, value]): Row => ({ type: 'note', key, value }))
    const changed = new Map<string, string>()
    for (const row of [...named, ...presentRows(this.exchange, this.history), ...notes]) {
      const name = `${row.type} ${row.key}`
      const text = formatRow(row)
      if (this.written.get(name) === text) continue
      changed.set(name, text)
      if (row.type !== 'trade' && row.type !== 'income') this.written.set(name, text)
    }
    if (changed.size > 0) writeSync(this.file, formatLine([...changed.values()]))
  }
}

const STARTS = 'starts'

/**
 * Keeps a venue in a file: every change is there before anybody hears of it. A file that exists is taken up where it ends; `make` gives a
 * venue as it begins, with the same markets, and is told how often it was made before, so that chance does not repeat itself. One process
 * at a time may keep a file.
 */
export function keepExchange(path: string, make: (starts: number) => Exchange): KeptExchange {
  const known = newestRows(path)
  const starts = Number(known.get(`note ${STARTS}`)?.value ?? 0)
  known.set(`note ${STARTS}`, { type: 'note', key: STARTS, value: String(starts + 1) })
  const rows = [...known.values()]
  const exchange = make(starts)
  restoreExchange(exchange, rows)
  return new Keeper(exchange, path, rows)
}
