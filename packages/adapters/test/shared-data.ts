import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const folder = new URL('../../../../shared/data/exchange/', import.meta.url)

/** False where the recorded data are not at hand; says so. */
export function hasSharedData(): boolean {
  const isThere = existsSync(fileURLToPath(folder))
  if (!isThere)
    console.warn(`recorded payloads not found at ${fileURLToPath(folder)}: tests that need them are skipped`)
  return isThere
}

/** Text of a recorded file, unpacked where it is packed. */
export function readShared(name: string): string {
  const bytes = readFileSync(fileURLToPath(new URL(name, folder)))
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** Lines of a recorded file, without empty ones. */
export function sharedLines(name: string): readonly string[] {
  return readShared(name)
    .split('\n')
    .filter((line) => line.trim() !== '')
}
