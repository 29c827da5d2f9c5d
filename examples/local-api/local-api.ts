import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startVenue } from 'tranchebook'
import { askBooks } from './ask-books.js'

const simulated = await startVenue({ dialect: 'binance', seed: 1 })
const { served, keys } = simulated

const folder = mkdtempSync(join(tmpdir(), 'local-api-'))
const config = join(folder, 'tranchebook.jsonc')
const venue = { name: 'binance', rest: served.rest, streams: served.ws }
writeFileSync(config, JSON.stringify({ positionMode: 'ONE_WAY', symbols: { BTCUSDT: {} }, venue }))

// npx tranchebook run --config tranchebook.jsonc --directory books
const command = fileURLToPath(new URL('../../packages/cli/bin/tranchebook.js', import.meta.url))
const directory = join(folder, 'books')
const env = { ...process.env, BINANCE_API_KEY: keys.keys.apiKey, BINANCE_API_SECRET: keys.keys.apiSecret }
const args = [command, 'run', '--config', config, '--directory', directory, '--json']
const books = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
await once(createInterface({ input: books.stdout }), 'line')

const api = askBooks(directory)
const entry = {
  command: 'openTranche',
  account: 'main',
  symbol: 'BTCUSDT',
  side: 'LONG',
  quantity: '0.01',
  label: 'dip',
}
let isAccepted = false
while (!isAccepted) {
  await pause(500)
  const { accepted } = await api.act(entry)
  isAccepted = accepted === true
}
console.log('the entry is accepted')

let title: unknown
while (title === undefined) {
  await pause(200)
  const detail = await api.get('/api/books/main/BTCUSDT/tranches/dip')
  title = detail['title']
}
console.log(title)

books.kill('SIGTERM')
await once(books, 'exit')
rmSync(folder, { recursive: true })
await simulated.close()
