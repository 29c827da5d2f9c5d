import { openEmbeddedStore, openPostgresStore } from '../src/open-store.js'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { StoreError } from '../src/store-errors.js'
import { numbered } from '../src/contract/contract-case.js'
import { say } from './say.js'

/** A process that appends to three streams at once and says what was acknowledged, until it is killed. */
const [kind = '', place = '', round = ''] = process.argv.slice(2)
const decode = decodeContractEvent

async function open(): Promise<SqlStore<ContractEvent>> {
  if (kind === 'pglite') return openEmbeddedStore({ directory: place, decode })
  for (;;) {
    try {
      return await openPostgresStore({ connectionString: place, decode, limits: { timeoutMs: 60_000 } })
    } catch (error) {
      // A server that was killed needs a moment to come back.
      if (!(error instanceof StoreError && error.code === 'store.unavailable')) throw error
    }
  }
}

const store = await open()
say('open')

async function produce(stream: string): Promise<void> {
  let version = (await store.streamHead(stream))?.version ?? 0
  for (let turn = 0; ; turn += 1) {
    const ids = Array.from({ length: 1 + (turn % 4) }, (_, index) => `${round}-${turn}-${index}`)
    const appended = await store.append(
      stream,
      ids.map((id) => numbered(turn, id)),
      { expected: version },
    )
    version = appended.version
    say(`${stream} ${appended.firstVersion} ${ids.join(',')}`)
  }
}

await Promise.all(['a/X', 'a/Y', 'b/X'].map(produce))
