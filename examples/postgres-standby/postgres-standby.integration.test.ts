import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../packages/store/test/postgres-server.js'
import { runExample } from '../run-example.js'

let server: PostgresServer | null = null

beforeAll(async () => {
  server = await startPostgres()
})

afterAll(async () => {
  await server?.stop()
})

it('takes over with the books of the one that ended', async ({ skip }) => {
  if (server === null) return skip()
  const printed = await runExample('postgres-standby/postgres-standby.ts', {
    DATABASE_URL: await server.createDatabase(),
  })
  expect(printed).toBe('first is live, epoch 1\nsecond is starting\nsecond is live, epoch 2, and has T1 0.01\n')
})
