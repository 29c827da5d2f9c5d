import { DOCS_URL } from '@tranchebook/core'
import type { IncomingMessage } from 'node:http'
import { RequestError } from '../request-error.js'
import type { Answer } from './answer.js'

/** A request that may be answered. */
export interface Call {
  readonly request: IncomingMessage
  readonly query: URLSearchParams
  /** Values of the path's `:names`, decoded. */
  readonly path: Readonly<Record<string, string>>
  readonly access: 'session' | 'bearer' | null
}

/** One place of the API. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** Parts that begin with `:` are values. */
  readonly path: string
  readonly answer: (call: Call) => Promise<Answer> | Answer
}

/** A route and the values of its path. */
export interface Match {
  readonly route: Route
  readonly path: Readonly<Record<string, string>>
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

function fit(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const values: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = decode(given[index] ?? '')
    if (value === null || value === '') {
      if (part !== '') return null
    } else if (part.startsWith(':')) values[part.slice(1)] = value
    else if (part !== value) return null
  }
  return values
}

/** Finds the route of a request. @throws {RequestError} `dashboard.unknown-path`, `dashboard.method` */
export function findRoute(routes: readonly Route[], method: string, path: string): Match {
  const fitting = routes.flatMap((route) => {
    const values = fit(route.path, path)
    return values === null ? [] : [{ route, path: values }]
  })
  const found = fitting.find(({ route }) => route.method === method)
  if (found !== undefined) return found
  if (fitting.length === 0)
    throw new RequestError('dashboard.unknown-path', `nothing is at ${path.slice(0, 200)}`, {
      status: 404,
      advice: `${DOCS_URL}/dashboard-api.md lists every path`,
    })
  throw new RequestError(
    'dashboard.method',
    `expected ${fitting.map(({ route }) => route.method).join(' or ')}, got ${method}`,
    {
      status: 405,
      advice: `${DOCS_URL}/dashboard-api.md says which method each path takes`,
    },
  )
}
