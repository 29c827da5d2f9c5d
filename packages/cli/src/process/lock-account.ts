import { createHash } from 'node:crypto'
import { createConnection } from 'node:net'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import type { BookEvent } from '@tranchebook/core'
import { type EventStore, holdAddress, lockDirectory, type Release, StoreError } from '@tranchebook/store'
import { CommandFailure } from '../command-failure.js'
import type { DatabasePlace } from '../database/database-place.js'
import { EXIT } from '../exit-codes.js'
import { isObject, parseJson } from '../read/parse-json.js'

/** Who wants an account for itself, and where its books are. */
export interface AccountClaim {
  readonly account: string
  readonly place: DatabasePlace
  readonly store: Pick<EventStore<BookEvent>, 'logHead'>
}

/** The process that has an account, as it answers. */
interface Holder {
  readonly pid: number
  readonly command: string
  readonly place: string
  readonly logId: string
}

const ANSWER_MS = 1000
const RETRY_MS = 1000

function parseHolder(text: string): Holder | null {
  if (text === '') return null
  const json = parseJson(text)
  if (!isObject(json)) return null
  const { pid, command, place, logId } = json
  if (typeof pid !== 'number' || typeof command !== 'string') return null
  return typeof place === 'string' && typeof logId === 'string' ? { pid, command, place, logId } : null
}

/** `null` = it does not say, or has just ended. */
async function askHolder(address: string): Promise<Holder | null> {
  return new Promise((answer) => {
    let text = ''
    const socket = createConnection(address)
    socket.setTimeout(ANSWER_MS, () => socket.destroy())
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      answer(parseHolder(text))
    })
  })
}

function refusal(account: string, who: string): CommandFailure {
  return new CommandFailure(
    {
      what: `${account} is run by another process of this machine`,
      expected: `expected an account of the venue that nobody here runs; got one that ${who} runs: two would cancel each other's stops`,
      advice: 'talk to that process (name its directory with --directory), or end it first',
    },
    { exitCode: EXIT.refused },
  )
}

function nameOf({ pid, command, place }: Holder): string {
  return `process ${pid} (${command}; ${place})`
}

/** Keeps trying until it is ours. */
function keepTrying(address: string, answer: string): Release {
  let release: Release | null = null
  let isOver = false
  const attempt = async (): Promise<void> => {
    const got = await holdAddress(address, answer).catch(() => null)
    if (got === null) return
    clearInterval(timer)
    if (isOver || release !== null) await got()
    else release = got
  }
  const timer = setInterval(() => void attempt(), RETRY_MS)
  timer.unref()
  return async () => {
    isOver = true
    clearInterval(timer)
    await release?.()
  }
}

/** An abstract socket: the system frees it with its process, every user of the machine sees it, and its holder can be asked. */
async function lockBySocket(name: string, { account, place }: AccountClaim, holder: Holder): Promise<Release> {
  const address = `\0tranchebook-account-${name}`
  const answer = JSON.stringify(holder)
  const release = await holdAddress(address, answer)
  if (release !== null) return release
  const other = await askHolder(address)
  // On one log of a server the lease decides who writes; whoever stands still there is left to it, too.
  if (place.type === 'server' && (other === null || other.logId === holder.logId)) return keepTrying(address, answer)
  const late = other === null ? await holdAddress(address, answer) : null
  if (late !== null) return late
  throw refusal(account, other === null ? 'a process that does not answer' : nameOf(other))
}

/** Without such sockets: a file in the home directory. A log on a server is guarded by its lease alone there. */
async function lockByHome(name: string, { account, place }: AccountClaim): Promise<Release> {
  if (place.type === 'server') return async () => Promise.resolve()
  try {
    const lock = await lockDirectory(join(homedir(), '.tranchebook', 'accounts', name))
    return async () => lock.release()
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'store.lock.held') throw error
    throw refusal(account, error.message)
  }
}

/**
 * Takes an account of a venue for this process, wherever its books are kept, until it is released or the process ends.
 *
 * @throws {CommandFailure} where another process of this machine runs it on other books
 */
export async function lockAccount(accountAtVenue: string, claim: AccountClaim): Promise<Release> {
  const name = createHash('sha256').update(accountAtVenue).digest('hex').slice(0, 40)
  if (process.platform !== 'linux') return lockByHome(name, claim)
  const { place, store } = claim
  const { logId } = await store.logHead()
  const command = process.argv.slice(0, 3).join(' ')
  const where = place.type === 'directory' ? `the database in ${resolve(place.directory)}` : place.name
  return lockBySocket(name, claim, { pid: process.pid, command, place: where, logId })
}
