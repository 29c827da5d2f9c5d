import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { configSchema } from '../packages/core/src/config/config-schema.js'
import { runSchema } from '../packages/cli/src/process/run-schema.js'
import { configTables, TABLES_BEGIN, TABLES_END } from '../packages/core/test/config-tables.js'

/** `npx tsx scripts/write-config-docs.js`: the configuration's schema and option tables, from the tables of the core and of the process. */
const style = { semi: false, singleQuote: true, printWidth: 120 }

/** @param {string} name */
const pathOf = (name) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url))

const schema = JSON.stringify(runSchema(configSchema()))
writeFileSync(pathOf('config.schema.json'), await format(schema, { ...style, parser: 'json' }))

const page = readFileSync(pathOf('configuration.md'), 'utf8')
const [before, rest] = page.split(TABLES_BEGIN)
const after = rest?.split(TABLES_END)[1]
if (before === undefined || after === undefined)
  throw new Error(`docs/configuration.md needs ${TABLES_BEGIN} and ${TABLES_END}`)
writeFileSync(pathOf('configuration.md'), `${before}${TABLES_BEGIN}\n\n${configTables()}\n\n${TABLES_END}${after}`)
