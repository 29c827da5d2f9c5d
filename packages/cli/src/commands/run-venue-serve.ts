import { TranchebookError } from '@tranchebook/core'
import { type StartedVenue, startVenue } from '@tranchebook/simulator'
import { CommandFailure } from '../command-failure.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { awaitStop } from '../process/await-stop.js'
import { readText } from '../read/open-source.js'
import type { Terminal } from '../terminal.js'
import type { ServeRequest } from '../venue/parse-serve-options.js'

const USUAL_SEED = 1

function unusable(request: ServeRequest, error: Error): CommandFailure {
  if (error instanceof TranchebookError) {
    return new CommandFailure(
      {
        what: `${request.market ?? 'the market'} does not hold a market`,
        expected: error.message,
        advice: "save a venue's exchangeInfo as it came and pass that file",
      },
      { cause: error },
    )
  }
  return new CommandFailure(
    {
      what: `cannot listen on port ${request.port ?? 0} of 127.0.0.1`,
      expected: `expected a free port; got: ${error.message}`,
      advice: 'leave --port out, or name another one',
    },
    { cause: error, exitCode: EXIT.refused },
  )
}

async function start(request: ServeRequest, terminal: Terminal): Promise<StartedVenue> {
  const { dialect, market, port, seed = USUAL_SEED } = request
  const marketText = market === undefined ? {} : { marketText: await readText(market, terminal) }
  try {
    return await startVenue({ dialect, seed, ...marketText, ...(port === undefined ? {} : { port }) })
  } catch (error) {
    throw error instanceof Error ? unusable(request, error) : error
  }
}

/** What a client needs to connect. At Aster an agent signs as well. */
function connectionOf({ served, keys, symbols }: StartedVenue, { dialect }: ServeRequest): Record<string, unknown> {
  const { apiKey, apiSecret, agent } = keys.keys
  const hmac = { rest: served.rest, ws: served.ws, wsApi: served.wsApi, apiKey, apiSecret, symbols }
  return dialect === 'aster' ? { ...hmac, agentKey: keys.agentKey, ...agent } : hmac
}

function asText(connection: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(connection).map(([name, value]) => `${name.padEnd(10)} ${String(value)}`)
  return `${lines.join('\n')}\n`
}

/** Serves a simulated venue until it is interrupted. @throws {CommandFailure} when the market or the port cannot be used. */
export async function runVenueServe(request: ServeRequest, terminal: Terminal): Promise<ExitCode> {
  const venue = await start(request, terminal)
  const wish = awaitStop()
  const connection = connectionOf(venue, request)
  await terminal.print(request.json === true ? `${JSON.stringify(connection)}\n` : asText(connection))
  terminal.note(`serving ${request.dialect} on 127.0.0.1 until interrupted; nothing here is a real account`)
  await wish.stopped
  wish.forget()
  await venue.close()
  return EXIT.fine
}
