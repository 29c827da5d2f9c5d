import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractEvent, decodeContractEvent, eventStoreContract } from '../src/contract/index.js'
import { openPostgresStore } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { serverUser } from './postgres-binaries.js'
import { startPostgres } from './postgres-server.js'
import { freePort } from './free-port.js'

const PROGRAM = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find((path) =>
  existsSync(path),
)
if (PROGRAM === undefined) console.warn('SKIPPED: pgbouncer is not installed: the store was not tested behind it')

const server = PROGRAM === undefined ? null : await startPostgres()

/** Starts a pooler in transaction mode with two server connections; gives the connection string through it. */
async function startPooler(home: string, target: URL): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const port = await freePort()
  const { uid, gid } = serverUser()
  const settings = `[databases]
* = host=${target.hostname} port=${target.port} user=${target.username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
`
  writeFileSync(join(home, 'pgbouncer.ini'), settings)
  if (uid !== undefined && gid !== undefined) chownSync(home, uid, gid)
  const child = spawn(PROGRAM ?? '', [join(home, 'pgbouncer.ini')], {
    ...serverUser(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  for await (const line of createInterface({ input: child.stderr })) if (line.includes('process up')) break
  child.stderr.resume()
  const url = new URL(target)
  url.port = String(port)
  return { child, url: url.toString() }
}

describe.skipIf(server === null)('store behind pgbouncer in transaction mode', () => {
  const home = mkdtempSync(join(tmpdir(), 'tranche-pooler-'))
  let pooler: ChildProcess
  let store: SqlStore<ContractEvent>
  let url = ''

  beforeAll(async () => {
    const started = await startPooler(home, new URL(await server!.createMigratedDatabase()))
    pooler = started.child
    url = started.url
    const settings = { connectionString: url, isPooled: true, pollMs: 20 }
    store = await openPostgresStore({ ...settings, decode: decodeContractEvent })
  })
  afterAll(async () => {
    await store.close()
    pooler.kill('SIGKILL')
    await server!.stop()
    rmSync(home, { recursive: true, force: true })
  })

  it('a store that was not told of the pooler is refused at once, and told what to say', async () => {
    const opening = openPostgresStore({ connectionString: url, decode: decodeContractEvent })
    await expect(opening).rejects.toThrow(/unsupported startup parameter.*--pooled/)
    await expect(opening).rejects.toMatchObject({ code: 'store.access.refused' })
  })

  for (const { id, title, run } of eventStoreContract) {
    it(`${id} ${title}`, async () => {
      await expect(run({ store, account: id })).resolves.toBeUndefined()
    })
  }
})
