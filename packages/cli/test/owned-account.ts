import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { liveSource, openDashboard } from '@tranchebook/dashboard'
import { openTraded, type TradedStage } from './traded-store.js'

const TICK_MS = 25

/** An account that this process owns, as others find it in its directory. */
export interface OwnedAccount {
  readonly stage: TradedStage
  close(): Promise<void>
}

/** Lets time pass until it is stopped; whatever waits for nothing else runs in between. */
function passTime({ clock }: TradedStage): () => void {
  let isOver = false
  const tick = (): void => {
    if (isOver) return
    clock.advance(TICK_MS)
    setImmediate(tick)
  }
  tick()
  return () => {
    isOver = true
  }
}

/** A manager that has traded and goes on, with its local interface, written down in a directory. */
export async function openOwned(directory: string): Promise<OwnedAccount> {
  const stage = await openTraded()
  const { manager, store, config } = stage
  const dashboard = await openDashboard({ source: liveSource({ manager, store, config, badge: 'SIM' }) })
  const { origin: url, token } = dashboard
  const record = { url, token, pid: process.pid, account: config.account }
  await writeFile(join(directory, 'process.json'), JSON.stringify(record), { mode: 0o600 })
  const stop = passTime(stage)
  return {
    stage,
    close: async () => {
      stop()
      await dashboard.close()
      await stage.close()
    },
  }
}
