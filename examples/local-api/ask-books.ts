import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a bot asks of the process that keeps its books. */
export interface Books {
  get(path: string): Promise<Readonly<Record<string, unknown>>>
  /** Looks at what an action would do, then has it done. */
  act(action: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Talks to the process that has written itself down in a directory: plain HTTP and a token, as any language can. */
export function askBooks(directory: string): Books {
  const record: unknown = JSON.parse(readFileSync(join(directory, 'process.json'), 'utf8'))
  const { url = '', token = '' } = isRecord(record) ? record : {}
  const ask = async (path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> => {
    const headers = { authorization: `Bearer ${String(token)}`, 'content-type': 'application/json' }
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    const answer: unknown = await (await fetch(`${String(url)}${path}`, init)).json()
    return isRecord(answer) ? answer : {}
  }
  return {
    get: async (path) => ask(path),
    act: async (action) => {
      const { confirmation } = await ask('/api/actions/preview', action)
      return ask('/api/actions', { action, actor: 'a bot', confirmation })
    },
  }
}
