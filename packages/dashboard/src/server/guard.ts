import type { IncomingMessage } from 'node:http'
import { RequestError } from '../request-error.js'
import type { Sessions } from './sessions.js'

/** Where this server can be reached: exactly these, so that no other name can be made to point here. */
export interface Origins {
  readonly hosts: ReadonlySet<string>
  readonly origins: ReadonlySet<string>
}

/** The names of a server on a loopback address. */
export function originsOf(host: string, port: number): Origins {
  const own = host.includes(':') ? `[${host}]` : host
  const hosts = new Set([`${own}:${port}`, `localhost:${port}`, `127.0.0.1:${port}`])
  return { hosts, origins: new Set([...hosts].map((name) => `http://${name}`)) }
}

/** @throws {RequestError} `dashboard.foreign-host` */
export function assertHost({ headers }: IncomingMessage, { hosts }: Origins): void {
  const { host = '' } = headers
  if (hosts.has(host.toLowerCase())) return
  throw new RequestError(
    'dashboard.foreign-host',
    `expected a request to ${[...hosts].join(' or ')}, got one to ${host}`,
    {
      status: 403,
      advice: 'open the address that was printed; a tunnel must use the same port at both ends',
    },
  )
}

function isForeign({ headers }: IncomingMessage, { origins }: Origins): boolean {
  const { origin } = headers
  if (origin !== undefined) return !origins.has(origin.toLowerCase())
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** Other pages of the browser may not ask, whatever cookies it would send along. @throws {RequestError} `dashboard.foreign-origin` */
export function assertOrigin(request: IncomingMessage, origins: Origins): void {
  if (!isForeign(request, origins)) return
  throw new RequestError('dashboard.foreign-origin', 'expected a request of this page, got one of another page', {
    status: 403,
    advice: 'open the address that was printed in a tab of its own',
  })
}

/** Name of the session's cookie. Cookies do not tell ports apart, so the name does. */
export function cookieName(port: number): string {
  return `tranchebook-${port}`
}

function cookieOf({ headers }: IncomingMessage, name: string): string | null {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))
  return found === undefined ? null : found.slice(name.length + 1)
}

function bearerOf({ headers }: IncomingMessage): string | null {
  return /^Bearer ([\w.~+/=-]{1,512})$/i.exec(headers.authorization ?? '')?.[1] ?? null
}

/** How a request showed that it may ask; `null` = it did not. */
export function accessOf(request: IncomingMessage, sessions: Sessions, port: number): 'session' | 'bearer' | null {
  const bearer = bearerOf(request)
  if (bearer !== null) return sessions.isToken(bearer) ? 'bearer' : null
  const session = cookieOf(request, cookieName(port))
  return session !== null && sessions.isSession(session) ? 'session' : null
}

/** @throws {RequestError} `dashboard.no-session` */
export function assertAccess(access: 'session' | 'bearer' | null): void {
  if (access !== null) return
  throw new RequestError('dashboard.no-session', 'expected a session or a bearer token, got neither that is valid', {
    status: 401,
    advice: 'open the newest link: tranchebook dashboard prints one; programs send Authorization: Bearer',
  })
}
