import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Runs an example on the sources, as `npx tsx FILE` runs it on what was built; gives what it printed. Fails where the example does. */
export async function runExample(path: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const file = fileURLToPath(new URL(path, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@tranchebook/source', '--import', 'tsx', file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    printed += text
  })
  const ended: readonly unknown[] = await once(child, 'close')
  const code = ended[0]
  if (code !== 0) throw new Error(`${path} ended with ${String(code)}, after:\n${printed}`)
  return printed
}
