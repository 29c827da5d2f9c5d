import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

/**
 * `npm run picture`: runs the demo, and takes the picture of its page that the README shows, at the moment when one tranche is isolated and
 * another has hit a level. Needs a build, and a browser: `CHROMIUM_PATH`, or where systems install chromium.
 */
const PATIENCE_MS = 240_000
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tranchebook-picture-'))
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true })
})
const args = [join(root, 'packages/cli/bin/tranchebook.js'), 'demo', '--json', '--directory', join(folder, 'demo')]
const demo = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
const [line] = await once(createInterface({ input: demo.stdout }), 'line')

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' })
await page.goto(JSON.parse(line).url)
for (const seen of [/[1-9] isolated/, /TP1 40 % hit/])
  await page.getByText(seen).first().waitFor({ timeout: PATIENCE_MS })
await page.screenshot({ path: join(root, 'docs/images/page.png') })
console.log('taken: docs/images/page.png')

await browser.close()
demo.kill('SIGINT')
await once(demo, 'exit')
