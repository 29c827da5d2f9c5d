import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const root = new URL('../../../../shared/data/', import.meta.url)

/** Whether the recorded data is there; says loudly when it is not. */
export function hasData(path: string): boolean {
  const isThere = existsSync(new URL(path, root))
  if (!isThere) console.warn(`skipped: ${fileURLToPath(new URL(path, root))} is not there`)
  return isThere
}

/** Text of a recorded file, unpacked. */
export function dataText(path: string): string {
  const bytes = readFileSync(new URL(path, root))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** Rows of a CSV file by column name. */
export function dataRows(path: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = dataText(path).trim().split('\n')
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}
