import type { Command } from 'commander'
import { parseCount } from '../read/parse-count.js'
import type { Stage } from '../stage.js'
import type { RepairCommand } from './run-repair.js'

type Options = Readonly<Record<string, unknown>>

function defineOnAccount(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--config <file>', 'the configuration that tranchebook run has')
    .option('--live', 'with real money')
    .option('--demo', "at the venue's demo, with its keys")
    .option('--directory <dir>', 'embedded database (default: .tranchebook/ACCOUNT beside the configuration)')
    .option('--database <url>', 'Postgres server (default: DATABASE_URL)')
    .option('--pooled', 'that server is a pgbouncer in transaction mode')
    .option('--symbol <symbol>', 'only this one')
    .option('--json', 'one JSON object')
}

const VERIFY_EXAMPLES = `Examples:
  tranchebook verify-protection --config tranchebook.jsonc --live || alert "no stop"
`

const VERIFY_AFTER = `
Asks the venue itself; it may run beside the process that owns the account. Exit codes: 0 everything that is open is behind
stops, 8 something is not, 4 the venue could not be asked, which is no proof of protection.`

/** `tranchebook verify-protection` */
export function defineVerifyProtection(program: Command, { terminal, outcome }: Stage): void {
  defineOnAccount(program, 'verify-protection', 'is every open position behind stops at the venue (exit 8 if not)')
    .addHelpText('before', VERIFY_EXAMPLES)
    .addHelpText('after', VERIFY_AFTER)
    .action(async (options: Options) => {
      const { runVerifyProtection } = await import('./run-repair.js')
      const { parseRepairOptions } = await import('../control/parse-repair-options.js')
      outcome.exitCode = await runVerifyProtection(parseRepairOptions(options), terminal)
    })
}

const REPAIRS: readonly { readonly name: RepairCommand; readonly description: string; readonly examples: string }[] = [
  {
    name: 'protect',
    description: 'place the stops and targets that are missing, cancel those that are too much',
    examples: `Examples:
  tranchebook protect --config tranchebook.jsonc --live --dry-run   what would be sent
  tranchebook protect --config tranchebook.jsonc --live
  tranchebook protect --directory .tranchebook/main                 by the process that runs there
`,
  },
  {
    name: 'adopt',
    description: 'open tranches for what the venue holds beyond the books, and protect them',
    examples: `Examples:
  tranchebook adopt --config tranchebook.jsonc --live --dry-run     which tranches, at which prices
  tranchebook adopt --config tranchebook.jsonc --live --symbol BTCUSDT
  tranchebook adopt --config tranchebook.jsonc --live --roll-back   give up again what was adopted; the position stays
`,
  },
  {
    name: 'reconcile',
    description: 'compare the books with the venue and book what was missed; sends nothing',
    examples: `Examples:
  tranchebook reconcile --config tranchebook.jsonc --live --dry-run
  tranchebook reconcile --config tranchebook.jsonc --live --take-over BTCUSDT --dry-run   it holds the other side than the book
`,
  },
]

const REPAIRS_AFTER = `
Where a process on this machine owns the account, that process does it, and records who asked; it is found by --directory, or by
the configuration. Where none does, this command opens the log and the venue itself, with --config.`

/** `tranchebook protect`, `adopt` and `reconcile` */
export function defineRepairs(program: Command, { terminal, outcome }: Stage): void {
  for (const { name, description, examples } of REPAIRS) {
    const command = defineOnAccount(program, name, description)
      .option('--dry-run', 'say what would be done, and do nothing')
      .option('--timeout <ms>', 'how long the outcome is waited for (30000)', parseCount)
      .addHelpText('before', examples)
      .addHelpText('after', REPAIRS_AFTER)
    if (name === 'adopt')
      command.option('--roll-back [tranches...]', 'give up again what was adopted, or these tranches, without an order')
    if (name === 'reconcile')
      command.option('--take-over <symbol>', 'of a one-way book whose venue holds the other side: believe the venue')
    command.action(async (options: Options) => {
      const { runRepair } = await import('./run-repair.js')
      const { parseRepairOptions } = await import('../control/parse-repair-options.js')
      outcome.exitCode = await runRepair(name, parseRepairOptions(options), terminal)
    })
  }
}

const DOCTOR_EXAMPLES = `Examples:
  tranchebook doctor --config tranchebook.jsonc --demo  keys, permission, clock, mode, log, margin, filters, room, protection
`

/** `tranchebook doctor` */
export function defineDoctor(program: Command, { terminal, outcome }: Stage): void {
  defineOnAccount(program, 'doctor', 'can this account be traded safely (exit 6 if not)')
    .option(
      '--dry-run',
      'without asking the venue to cancel an order that does not exist, which shows whether the key may trade',
    )
    .addHelpText('before', DOCTOR_EXAMPLES)
    .action(async (options: Options) => {
      const { runDoctor } = await import('./run-repair.js')
      const { parseRepairOptions } = await import('../control/parse-repair-options.js')
      outcome.exitCode = await runDoctor(parseRepairOptions(options), terminal)
    })
}
