/** Process that holds a directory. */
export interface LockOwner {
  readonly pid: number
  readonly since: string
  readonly command: string
}

/** Owner as its lock describes it, or `null` where the text is not one. */
export function parseOwner(text: string): LockOwner | null {
  const json = JSON.parse(text) as Partial<LockOwner> | null
  if (typeof json?.pid !== 'number' || typeof json.since !== 'string' || typeof json.command !== 'string') return null
  return { pid: json.pid, since: json.since, command: json.command }
}
