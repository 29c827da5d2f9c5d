import { basename, resolve } from 'node:path'
import { systemClock } from '@tranchebook/adapters'
import { CommandFailure } from '../command-failure.js'
import { databaseFailure } from '../database/database-failure.js'
import { type DemoMarket, seededMarket } from '../demo/demo-market.js'
import type { DemoRequest } from '../demo/demo-request.js'
import { agreementText, introduction } from '../demo/demo-text.js'
import { claimDirectory } from '../demo/claim-directory.js'
import { type Demo, type DemoSetup, openDemo } from '../demo/open-demo.js'
import { readMarket } from '../demo/read-market.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { awaitStop } from '../process/await-stop.js'
import { pageFailure } from '../process/page-failure.js'
import type { Terminal } from '../terminal.js'

const MS = 1_000

function usualDirectory({ dialect, market, positionMode }: DemoRequest): string {
  const mode = positionMode === 'ONE_WAY' ? '-one-way' : ''
  const suffix = market === undefined ? '' : `-${basename(market).split('.')[0] ?? ''}`
  return `.tranchebook/demo-${dialect}${mode}${suffix}`
}

async function start(setup: DemoSetup): Promise<Demo> {
  try {
    return await openDemo(setup)
  } catch (error) {
    const failure = pageFailure(error)
    throw databaseFailure(`the demo in ${setup.directory}`, failure)
  }
}

async function ended({ market }: Demo, { duration }: DemoRequest, stopped: Promise<null>): Promise<void> {
  const waits: Promise<unknown>[] = [stopped, market.ended]
  if (duration !== undefined)
    waits.push(
      new Promise<void>((done) => {
        systemClock.schedule(duration * MS, done)
      }),
    )
  await Promise.race(waits)
}

async function marketOf(request: DemoRequest, terminal: Terminal): Promise<DemoMarket> {
  const { market, dialect, seed } = request
  return market === undefined ? seededMarket(dialect, seed) : readMarket(market, request, terminal)
}

function disagreement(directory: string): CommandFailure {
  return new CommandFailure(
    {
      what: 'books, venue and log do not agree',
      expected: 'expected every line to agree; got those marked DIFFER',
      advice: `keep ${directory} and report it: this is a bug`,
    },
    { exitCode: EXIT.corrupt },
  )
}

function introduce(demo: Demo, request: DemoRequest, setup: DemoSetup): string {
  const { directory, dialect, market } = setup
  const { url, remembered } = demo
  const { pid } = process
  if (request.json === true) return `${JSON.stringify({ url, dataDirectory: directory, pid })}\n`
  const symbol = market.markets[0]?.rules.instrument.symbol ?? ''
  const shown = request.headless === true ? null : url
  return introduction({ dialect, market: market.name, symbol, directory, url: shown, pid, remembered })
}

async function runUntil(setup: DemoSetup, request: DemoRequest, terminal: Terminal): Promise<ExitCode> {
  const wish = awaitStop()
  terminal.progress('opens venue, log and page …')
  try {
    const demo = await start(setup)
    await terminal.print(introduce(demo, request, setup))
    await ended(demo, request, wish.stopped)
    const found = await demo.finish()
    await terminal.print(request.json === true ? `${JSON.stringify({ agreement: found })}\n` : agreementText(found))
    if (found.every(({ agrees }) => agrees)) return EXIT.fine
    throw disagreement(setup.directory)
  } finally {
    wish.forget()
  }
}

/** Runs a demo until it is stopped. @throws {CommandFailure} when it cannot start, or ends in disagreement */
export async function runDemo(request: DemoRequest, terminal: Terminal): Promise<ExitCode> {
  const { dialect, positionMode, seed, speed, port } = request
  const directory = resolve(request.directory ?? usualDirectory(request))
  const market = await marketOf(request, terminal)
  await claimDirectory(directory, { dialect, market: market.name, positionMode })
  return runUntil({ directory, dialect, positionMode, seed, speed, port, market }, request, terminal)
}
