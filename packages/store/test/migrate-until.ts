import type { KyselyPlugin, QueryId, RootOperationNode } from 'kysely'
import { openPGliteEngine } from '../src/pglite/pglite-engine.js'
import { openPostgresEngine } from '../src/postgres/postgres-engine.js'
import { migrate, SCHEMA_VERSIONS } from '../src/schema/migrate.js'
import { say } from './say.js'

/** A process that migrates a database up to a moment of a step, `begun` or `done`, says so, and stays there until it is killed. */
const [kind = '', place = '', step = '', moment = ''] = process.argv.slice(2)

function isChange(node: RootOperationNode): boolean {
  return node.kind === 'RawNode' && /^\s*(create|alter|drop|update)\s/i.test(node.sqlFragments.join(''))
}

/** The note that a step is done, in the transaction of all steps. */
function isNote(node: RootOperationNode): boolean {
  return node.kind === 'InsertQueryNode' && node.into?.table.identifier.name === 'tranche_migrations'
}

const steps = SCHEMA_VERSIONS.values()
let current = steps.next().value
const awaited = new WeakSet<QueryId>()

const stopping: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => {
    const isAwaited = moment === 'begun' ? isChange(node) : isNote(node)
    if (current === step && isAwaited) awaited.add(queryId)
    if (isNote(node)) current = steps.next().value
    return node
  },
  transformResult: async ({ result, queryId }) => {
    if (!awaited.has(queryId)) return result
    say(`${step} ${moment}`)
    return new Promise(() => {
      setInterval(() => undefined, 60_000)
    })
  },
}

const engine = await (kind === 'pglite'
  ? openPGliteEngine({ directory: place })
  : Promise.resolve(openPostgresEngine({ connectionString: place })))
await migrate(engine.db.withPlugin(stopping))
