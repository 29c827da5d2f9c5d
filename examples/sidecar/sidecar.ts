import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startVenue } from 'tranchebook'
import { foreignBot } from './foreign-bot.js'

const simulated = await startVenue({ dialect: 'binance', seed: 1 })
const { served, keys } = simulated
const { apiKey, apiSecret } = keys.keys

// What you would write into tranchebook.jsonc; with a venue of the world there are no addresses in it.
const folder = mkdtempSync(join(tmpdir(), 'sidecar-'))
const config = join(folder, 'tranchebook.jsonc')
const venue = { name: 'binance', rest: served.rest, streams: served.ws }
const defaults = { slPercent: 2, tpPercent: 4 }
writeFileSync(config, JSON.stringify({ positionMode: 'ONE_WAY', defaults, symbols: { BTCUSDT: {} }, venue }))

// npx tranchebook run --config tranchebook.jsonc --mode protect
const command = fileURLToPath(new URL('../../packages/cli/bin/tranchebook.js', import.meta.url))
const args = ['run', '--config', config, '--mode', 'protect', '--directory', join(folder, 'books'), '--json']
const env = { ...process.env, BINANCE_API_KEY: apiKey, BINANCE_API_SECRET: apiSecret }
const sidecar = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
await once(createInterface({ input: sidecar.stdout }), 'line')
console.log('the sidecar watches')

const bot = foreignBot({ rest: served.rest, apiKey, apiSecret })
await bot.buy('BTCUSDT', '0.02')
console.log('the foreign bot bought 0.02 BTCUSDT')

let stops: readonly string[] = []
while (stops.length === 0) {
  await pause(200)
  stops = await bot.openStops('BTCUSDT')
}
for (const stop of stops) console.log(`at the venue: ${stop}`)

sidecar.kill('SIGTERM')
await once(sidecar, 'exit')
rmSync(folder, { recursive: true })
await simulated.close()
