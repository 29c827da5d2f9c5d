import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A Postgres server in processes of its own. */
export interface Database {
  readonly connectionString: string
  /** Kills it as a power cut would, and starts it again. */
  crash(): Promise<void>
  stop(): Promise<void>
}

const SERVER = fileURLToPath(new URL('../../../store/test/serve-postgres.ts', import.meta.url))

async function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve) => {
    lines.once('line', resolve)
  })
}

/** Starts a server with an empty database; `null` where none can be had. */
export async function startDatabase(): Promise<Database | null> {
  const child = spawn(process.execPath, ['--conditions=@tranchebook/source', '--import', 'tsx', SERVER], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const connectionString = await nextLine(lines)
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return
    child.stdin.end()
    await once(child, 'exit')
  }
  if (connectionString === 'none') {
    await stop()
    return null
  }
  const crash = async (): Promise<void> => {
    child.stdin.write('crash\n')
    await nextLine(lines)
  }
  return { connectionString, crash, stop }
}
