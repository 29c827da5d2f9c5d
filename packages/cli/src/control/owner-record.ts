import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { isObject, parseJson } from '../read/parse-json.js'

/** The process that owns the account of a directory, as it has written itself down there. */
export interface OwnerRecord {
  /** Base address of its local interface; `null` = it has none. */
  readonly url: string | null
  /** Goes as a bearer token; `null` = there is no interface. */
  readonly token: string | null
  readonly pid: number
  readonly account: string
}

const NAME = 'process.json'

function parseRecord(text: string): OwnerRecord | null {
  const json = parseJson(text)
  if (!isObject(json)) return null
  const { url, token, pid, account } = json
  if (typeof pid !== 'number' || typeof account !== 'string') return null
  const isText = (value: unknown): value is string => typeof value === 'string'
  return { url: isText(url) ? url : null, token: isText(token) ? token : null, pid, account }
}

/** Whether a process of that id lives, whoever it belongs to. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The process that owns a directory; `null` = none does. What a dead one has left behind, or is half written, counts as none. */
export async function readOwnerRecord(directory: string): Promise<OwnerRecord | null> {
  try {
    const record = parseRecord(await readFile(join(directory, NAME), 'utf8'))
    return record !== null && isAlive(record.pid) ? record : null
  } catch {
    return null
  }
}
