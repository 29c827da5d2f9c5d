import { createInterface } from 'node:readline'
import { startPostgres } from './postgres-server.js'

/**
 * A process with a server of its own: prints the connection string of an empty database, `none` where no server can be had. A line on its
 * input kills the server as a power cut would and starts it again; the end of its input stops it.
 */
console.info = console.error
const server = await startPostgres('own')
process.stdout.write(`${server === null ? 'none' : await server.createDatabase()}\n`)
for await (const _line of createInterface({ input: process.stdin })) {
  await server?.crash?.()
  process.stdout.write('again\n')
}
await server?.stop()
