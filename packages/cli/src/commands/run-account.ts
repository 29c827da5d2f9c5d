import { resolve as absolute } from 'node:path'
import process from 'node:process'
import type { TrancheManager } from '@tranchebook/manager'
import { CommandFailure } from '../command-failure.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { awaitStop } from '../process/await-stop.js'
import { type AccountSetup, openAccount, type RunningAccount } from '../process/open-account.js'
import { stakesOf } from '../process/open-venue.js'
import { readRunConfig } from '../process/read-run-config.js'
import type { AccountRequest } from '../process/account-request.js'
import { runIntroduction } from '../process/run-text.js'
import { startFailure } from '../process/start-failure.js'
import { tellHealth } from '../process/tell-health.js'
import type { Terminal } from '../terminal.js'

/** Settles when the manager has ended by itself, with the reason. */
async function untilLost(manager: TrancheManager): Promise<string> {
  return new Promise((resolve) => {
    manager.on('healthChanged', ({ reasons }) => {
      const lost = reasons.find(({ code }) => code === 'leaseLost')
      if (lost !== undefined) resolve(lost.message)
    })
  })
}

/** Starts, unless somebody wants the process to end first: `null`. */
async function start(asked: Omit<AccountSetup, 'signal'>, stopped: Promise<null>): Promise<RunningAccount | null> {
  const ending = new AbortController()
  const opening = openAccount({ ...asked, signal: ending.signal })
  try {
    const running = await Promise.race([opening, stopped])
    if (running !== null) return running
  } catch (error) {
    throw startFailure(asked.configured.config.account, error, asked.stakes)
  }
  ending.abort()
  await opening.then(async (running) => running.close()).catch(() => undefined)
  return null
}

async function introduce(
  running: RunningAccount,
  setup: Omit<AccountSetup, 'signal'>,
  terminal: Terminal,
): Promise<void> {
  const { manager, place, url, venue } = running
  const { request, configured, stakes } = setup
  const { mode, json = false } = request
  const { account } = configured.config
  const data = place.type === 'directory' ? absolute(place.directory) : place.name
  const facts = { account, venue: venue.name, stakes, mode, symbols: manager.symbols, place: data, url }
  const line = { dataDirectory: place.type === 'directory' ? data : null, pid: process.pid, ...facts }
  await terminal.print(json ? `${JSON.stringify(line)}\n` : runIntroduction(facts))
}

function takenOver(account: string, reason: string): CommandFailure {
  return new CommandFailure(
    {
      what: `${account} is no longer run by this process`,
      expected: reason,
      advice: 'one process runs an account at a time; start others with --standby',
    },
    { exitCode: EXIT.refused },
  )
}

async function runUntil(
  setup: Omit<AccountSetup, 'signal'>,
  stopped: Promise<null>,
  terminal: Terminal,
): Promise<ExitCode> {
  const { account } = setup.configured.config
  if (setup.request.standby === true) terminal.note(`${account} is run here as soon as no other process runs it`)
  terminal.progress(`${account}: reads its log, and asks the venue …`)
  const running = await start(setup, stopped)
  if (running === null) return EXIT.fine
  const lost = untilLost(running.manager)
  await introduce(running, setup, terminal)
  tellHealth(running.manager, terminal)
  const reason = await Promise.race([stopped, lost])
  await running.close()
  if (reason === null) return EXIT.fine
  throw takenOver(account, reason)
}

/** Runs an account until it is stopped. @throws {CommandFailure} when it cannot start, or the account was taken over */
export async function runAccount(request: AccountRequest, terminal: Terminal): Promise<ExitCode> {
  const configured = await readRunConfig(request.config, terminal)
  const stakes = stakesOf(configured.venue, request)
  const wish = awaitStop()
  try {
    return await runUntil({ request, configured, stakes }, wish.stopped, terminal)
  } finally {
    wish.forget()
  }
}
