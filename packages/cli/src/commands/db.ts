import type { Command } from 'commander'
import { parseCount } from '../read/parse-count.js'
import type { Stage } from '../stage.js'
import { defineDatabaseCommand } from './define-database-command.js'
import { defineVerifyCommand } from './define-verify-command.js'

type Options = Readonly<Record<string, unknown>>

const EXAMPLES = `Examples:
  tranchebook db migrate --directory data               make a database, or bring its schema up to date
  tranchebook db anchor -o anchor.json                  keep this outside the database, for example daily
  tranchebook db verify --anchor anchor.json            nothing changed, lost or rolled back since
  tranchebook db rebuild --database postgres://trader@db/books
  tranchebook db restored --directory data              after the restore of a backup, before anything starts on it
  tranchebook db archive main/BTCUSDT --through 250000
`

const AFTER = `
Every command takes --database URL, or DATABASE_URL from the environment, or --directory DIR, and --json.
Verify exits with 0 for a clean log, 1 for a corrupt one (the first bad event is named), 2 for one that cannot be read.`

const JSON_OPTION = ['--json', 'one JSON object'] as const

function defineMigrate(db: Command, { terminal, outcome }: Stage): void {
  defineDatabaseCommand(db, 'migrate', 'make the schema, or bring it up to date')
    .option(...JSON_OPTION)
    .action(async (options: Options) => {
      const { runDbMigrate } = await import('./run-db-migrate.js')
      const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
      outcome.exitCode = await runDbMigrate(parseDatabaseOptions(options), terminal)
    })
}

function defineVerify(db: Command, { terminal, outcome }: Stage): void {
  defineVerifyCommand(db).action(async (options: Options) => {
    const { runDbVerify } = await import('./run-db-verify.js')
    const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
    outcome.exitCode = await runDbVerify(parseDatabaseOptions(options), terminal)
  })
}

function defineAnchor(db: Command, { terminal, outcome }: Stage): void {
  defineDatabaseCommand(db, 'anchor', 'print how far the log goes, and its hashes, to verify against later')
    .option('-o, --output <file>', 'write there instead of stdout, whole or not at all')
    .option('--json', 'as without: an anchor is one JSON object')
    .action(async (options: Options) => {
      const { runDbAnchor } = await import('./run-db-anchor.js')
      const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
      outcome.exitCode = await runDbAnchor(parseDatabaseOptions(options), terminal)
    })
}

function defineRebuild(db: Command, { terminal, outcome }: Stage): void {
  defineDatabaseCommand(db, 'rebuild', 'write the tables of tranches, orders and fills anew; appends wait meanwhile')
    .option(...JSON_OPTION)
    .action(async (options: Options) => {
      const { runDbRebuild } = await import('./run-db-rebuild.js')
      const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
      outcome.exitCode = await runDbRebuild(parseDatabaseOptions(options), terminal)
    })
}

function defineArchive(db: Command, { terminal, outcome }: Stage): void {
  defineDatabaseCommand(db, 'archive', 'move old events of a stream behind its snapshot; readers see no difference')
    .argument('<stream>', 'account/symbol, such as main/BTCUSDT')
    .option('--through <version>', 'last version to move; without it that of the snapshot', parseCount)
    .option(...JSON_OPTION)
    .action(async (stream: string, options: Options) => {
      const { runDbArchive } = await import('./run-db-archive.js')
      const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
      outcome.exitCode = await runDbArchive(stream, parseDatabaseOptions(options), terminal)
    })
}

function defineRestored(db: Command, { terminal, outcome }: Stage): void {
  defineDatabaseCommand(db, 'restored', 'after the restore of a backup: fence whoever wrote to the log it replaces')
    .option(...JSON_OPTION)
    .action(async (options: Options) => {
      const { runDbRestored } = await import('./run-db-restored.js')
      const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
      outcome.exitCode = await runDbRestored(parseDatabaseOptions(options), terminal)
    })
}

/** `tranchebook db` */
export function defineDb(program: Command, stage: Stage): void {
  const db = program
    .command('db')
    .description('keep the log of a store: migrate, verify, anchor, rebuild, archive, restored')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
  const all = [defineMigrate, defineVerify, defineAnchor, defineRebuild, defineArchive, defineRestored]
  for (const define of all) define(db, stage)
}
