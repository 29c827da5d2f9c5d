import {
  API_PATHS,
  type Action,
  type ActionAnswer,
  type ActionPreview,
  type ActionRequest,
  type ProblemView,
} from '../../src/api/index.js'
import { parseAnswer, parseProblem } from './parse-answer.js'

/** An answer, or why there is none. */
export type Answered<Value> =
  { readonly type: 'answer'; readonly value: Value } | { readonly type: 'problem'; readonly problem: ProblemView }

/** What the page asks its server. */
export interface ApiClient {
  readonly read: <Value>(path: string, signal?: AbortSignal) => Promise<Answered<Value>>
  readonly preview: (action: Action) => Promise<Answered<ActionPreview>>
  readonly act: (request: ActionRequest) => Promise<Answered<ActionAnswer>>
}

const UNREACHABLE: ProblemView = {
  code: 'page.unreachable',
  message: 'the process that serves this page does not answer',
  advice: 'Check that it runs; the page goes on by itself as soon as it is back.',
}

async function ask<Value>(fetch: typeof globalThis.fetch, path: string, init: RequestInit): Promise<Answered<Value>> {
  try {
    const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init })
    if (response.ok) return { type: 'answer', value: await parseAnswer<Value>(response) }
    return { type: 'problem', problem: parseProblem(response.status, await response.text()) }
  } catch {
    return { type: 'problem', problem: UNREACHABLE }
  }
}

/** A client of the server that this page came from. */
export function createApiClient(fetch: typeof globalThis.fetch): ApiClient {
  const post = <Value>(path: string, body: unknown): Promise<Answered<Value>> =>
    ask(fetch, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    read: (path, signal) => ask(fetch, path, signal === undefined ? {} : { signal }),
    preview: (action) => post(API_PATHS.preview, action),
    act: (request) => post(API_PATHS.act, request),
  }
}
