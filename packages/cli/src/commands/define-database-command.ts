import type { Command } from 'commander'

/** A command beneath another one that works on a store. */
export function defineDatabaseCommand(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--database <url>', 'Postgres server; without it DATABASE_URL')
    .option('--pooled', 'that server is a pgbouncer in transaction mode')
    .option('--directory <dir>', 'embedded database')
}
