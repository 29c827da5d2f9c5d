import { writeSync } from 'node:fs'
import { openEmbeddedStore, openPostgresStore } from '../src/open-store.js'
import { decodeContractEvent } from '../src/contract/index.js'
import { numbered } from '../src/contract/contract-case.js'

/** A process that appends to three streams at once and says what was acknowledged, until it is killed. */
const [kind = '', place = '', round = ''] = process.argv.slice(2)
const decode = decodeContractEvent
const store =
  kind === 'pglite'
    ? await openEmbeddedStore({ directory: place, decode })
    : await openPostgresStore({ connectionString: place, decode, limits: { timeoutMs: 60_000 } })
writeSync(1, 'open\n')

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
    writeSync(1, `${stream} ${appended.firstVersion} ${ids.join(',')}\n`)
  }
}

await Promise.all(['a/X', 'a/Y', 'b/X'].map(produce))
