import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ConfigError, DOCS_URL, InputError, TranchebookError } from '@tranchebook/core'
import type { Logger } from '@tranchebook/manager'
import { RequestError } from '../request-error.js'
import { type Answer, json } from './answer.js'
import { accessOf, assertAccess, assertHost, assertOrigin, cookieName, type Origins } from './guard.js'
import { LOCKED_PAGE, type PageFiles } from './page-files.js'
import { findRoute, type Route } from './route-table.js'
import type { Sessions } from './sessions.js'
import { writeAnswer } from './write-answer.js'

/** Everything that decides how a request is answered. */
export interface Door {
  readonly origins: Origins
  readonly port: number
  readonly sessions: Sessions
  readonly page: PageFiles
  readonly routes: readonly Route[]
  readonly logger: Logger
}

function openLink({ sessions, port }: Door, link: string): Answer {
  const session = sessions.openLink(link)
  if (session === null) return LOCKED_PAGE
  const cookie = `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`
  return { type: 'redirect', location: '/', cookie }
}

function answerPage(door: Door, request: IncomingMessage, url: URL): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new RequestError('dashboard.method', `expected GET, got ${request.method ?? 'nothing'}`, {
      status: 405,
      advice: 'pages are only read',
    })
  const link = url.searchParams.get('link')
  if (url.pathname === '/' && link !== null && request.method === 'GET') return openLink(door, link)
  if (url.pathname === '/' && accessOf(request, door.sessions, door.port) === null) return LOCKED_PAGE
  const found = door.page.find(url.pathname)
  if (found !== null) return found
  throw new RequestError('dashboard.unknown-path', `nothing is at ${url.pathname.slice(0, 200)}`, {
    status: 404,
    advice: 'the page is at /',
  })
}

async function answerApi(door: Door, request: IncomingMessage, url: URL): Promise<Answer> {
  assertOrigin(request, door.origins)
  const access = accessOf(request, door.sessions, door.port)
  assertAccess(access)
  const { route, path } = findRoute(door.routes, request.method ?? 'GET', url.pathname)
  return route.answer({ request, query: url.searchParams, path, access })
}

const ANY_HOST = 'http://localhost'

function urlOf({ url: path = '/' }: IncomingMessage): URL {
  if (path.startsWith('/') && URL.canParse(path, ANY_HOST)) return new URL(path, ANY_HOST)
  throw new RequestError('dashboard.unknown-path', 'expected a path, got something that is none', {
    status: 400,
    advice: `ask for a path of this server: ${DOCS_URL}/dashboard-api.md lists them`,
  })
}

async function answerRequest(door: Door, request: IncomingMessage): Promise<Answer> {
  assertHost(request, door.origins)
  const url = urlOf(request)
  return url.pathname.startsWith('/api/') ? answerApi(door, request, url) : answerPage(door, request, url)
}

/** What a client is told of a failure: everything about its own mistakes, nothing about the inside of ours. */
function problemOf(error: unknown, { logger }: Door): { readonly status: number; readonly body: unknown } {
  if (error instanceof RequestError) return { status: error.status, body: error.problem }
  if (error instanceof InputError || error instanceof ConfigError)
    return { status: 400, body: { code: error.code, message: error.message, advice: error.docsUrl } }
  if (error instanceof TranchebookError)
    return { status: 503, body: { code: error.code, message: error.message, advice: error.docsUrl } }
  const incident = randomUUID()
  logger.error({ incident, why: error instanceof Error ? error.stack : String(error) }, 'a request has failed')
  const message = `this request met a fault in the program; the log names it ${incident}`
  const advice = 'look into the log of the process, and report the fault with that line'
  return { status: 500, body: new RequestError('dashboard.failed', message, { status: 500, advice }).problem }
}

/** Answers one request, whatever it is. */
export async function serveRequest(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await writeAnswer(response, await answerRequest(door, request))
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy()
      return
    }
    const { status, body } = problemOf(error, door)
    if (!request.complete) response.setHeader('connection', 'close')
    await writeAnswer(response, json(body, status))
  }
}
