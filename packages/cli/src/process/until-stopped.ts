import { once } from 'node:events'
import process from 'node:process'

/** Settles when somebody wants this process to end: Ctrl-C, or SIGTERM. A second wish is not waited for and ends it at once. */
export async function untilStopped(): Promise<void> {
  const controller = new AbortController()
  const stops = ['SIGINT', 'SIGTERM'].map(async (name) => once(process, name, { signal: controller.signal }))
  await Promise.race(stops)
  controller.abort()
  await Promise.allSettled(stops)
}
