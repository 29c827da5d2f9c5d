import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PositionMode } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { isObject, parseJson } from '../read/parse-json.js'
import { notWritten, writeWhole } from '../write-whole.js'

const ELSEWHERE = 'make room there, or name another --directory'

/** What a directory of a demo belongs to. */
export interface DemoIdentity {
  readonly dialect: string
  /** Name of the market. */
  readonly market: string
  readonly positionMode: PositionMode
}

/** What a mark says; `null` = nobody can read it. */
function parseMark(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}

/** A directory that names no mode is hedged. */
function isOf(identity: DemoIdentity, known: string): boolean {
  const found = parseMark(known)
  if (!isObject(found)) return false
  const { dialect, market, positionMode = 'HEDGE' } = found
  return dialect === identity.dialect && market === identity.market && positionMode === identity.positionMode
}

/** Marks a directory as that of one demo. @throws {CommandFailure} when it is another one's: books of one market mean nothing in another; when it cannot be written */
export async function claimDirectory(directory: string, identity: DemoIdentity): Promise<void> {
  const path = join(directory, 'demo.json')
  const text = `${JSON.stringify(identity)}\n`
  if (!existsSync(path)) {
    await mkdir(directory, { recursive: true }).catch((error: unknown) => {
      throw notWritten(directory, error, ELSEWHERE)
    })
    await writeWhole(path, text, ELSEWHERE)
    return
  }
  const known = await readFile(path, 'utf8')
  if (isOf(identity, known)) return
  throw new CommandFailure({
    what: `${directory} belongs to another demo`,
    expected: `expected the demo ${text.trim()}; got that of ${known.trim()}`,
    advice: 'name another --directory, or start the one that is there',
  })
}
