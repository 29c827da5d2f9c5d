import { numbered, range } from '../src/contract/contract-case.js'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import { openPostgresStore } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { StoreError } from '../src/store-errors.js'
import { Random } from './random.js'
import { say } from './say.js'

/**
 * A process that writes books of its own, writes books that other processes write too, and fights them for one account.
 * It says what was acknowledged: stream, version and id of each event.
 */
const [url = '', name = '', seed = '', appends = '', turns = '', seconds = ''] = process.argv.slice(2)
const random = new Random(Number(seed))
const BOOKS = 4

type Store = SqlStore<ContractEvent>

let sequence = 0

/** Appends one event at the version that was read; `false` where somebody else was first. */
async function appended(store: Store, stream: string, epoch?: number): Promise<boolean> {
  const expected = (await store.streamHead(stream))?.version ?? 0
  sequence += 1
  const id = `${name}-${sequence}`
  try {
    const { version } = await store.append(stream, [numbered(sequence, id)], {
      expected,
      ...(epoch === undefined ? {} : { epoch }),
    })
    say(`${stream} ${version} ${id}`)
    return true
  } catch (error) {
    if (error instanceof StoreError && 'outcome' in error && error.outcome === 'refused') return false
    throw error
  }
}

async function write(store: Store, stream: string): Promise<void> {
  for (let done = 0; done < Number(appends);) if (await appended(store, stream)) done += 1
}

async function fight(store: Store): Promise<void> {
  const end = performance.now() + Number(seconds) * 1000
  for (let won = 0; won < Number(turns) || performance.now() < end;) {
    const answer = await store.acquireLease({ scope: 'fought', holder: name, ttlMs: 1 + random.below(8) })
    if (answer.type === 'held') continue
    won += 1
    let isOurs = true
    for (let step = random.below(6); step >= 0 && isOurs; step -= 1) {
      isOurs = await appended(store, `fought/S${random.below(3)}`, answer.lease.epoch)
    }
  }
}

const store = await openPostgresStore({ connectionString: url, decode: decodeContractEvent, readers: 2 })
const own = range(1, BOOKS).map(async (book) => write(store, `${name}/S${book}`))
const shared = range(1, 2).map(async (book) => write(store, `shared/S${book}`))
await Promise.all([...own, ...shared, fight(store)])
await store.close()
