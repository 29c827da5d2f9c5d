import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** The command as users start it. */
export const BIN = fileURLToPath(new URL('../bin/tranchebook.js', import.meta.url))

/** What a process of the command line printed and answered. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The command runs what was built: build what the sources say now. */
export function buildBin(): void {
  spawnSync('npx', ['tsc', '-b', 'packages/cli/tsconfig.json'], { cwd: ROOT })
}

/** Runs the command in a process of its own, without a database in its environment. */
export function runBin(args: readonly string[], input = ''): Ran {
  const { DATABASE_URL: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { input, encoding: 'utf8', env })
  return { code: status, stdout, stderr }
}
