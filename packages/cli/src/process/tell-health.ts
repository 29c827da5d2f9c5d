import { DOCS_URL } from '@tranchebook/core'
import type { Health, HealthReason, TrancheManager } from '@tranchebook/manager'
import { formatTime } from '../format/time.js'
import type { Terminal } from '../terminal.js'

/** Of no news to whoever ended the process. */
const ENDING: ReadonlySet<string> = new Set(['stopping', 'stopped'])

function reasonLine({ code, symbol, message }: HealthReason): string {
  return `  ${code}${symbol === null ? '' : ` of ${symbol}`}: ${message}`
}

/** How an account stands, and why; the codes are headings of docs/recovery.md. */
export function healthLines({ status, reasons }: Health): readonly string[] {
  const advice = status === 'live' ? [] : [`  ${DOCS_URL}/recovery.md says under these names what to do`]
  return [`health ${status}`, ...reasons.map(reasonLine), ...advice]
}

/** Says how an account stands where it is not live, and whenever that changes, until the process is ended. */
export function tellHealth(manager: TrancheManager, terminal: Terminal): void {
  const tell = (health: Health): void => {
    if (health.reasons.some(({ code }) => ENDING.has(code))) return
    const [first = '', ...others] = healthLines(health)
    for (const line of [`${formatTime(Math.trunc(manager.time / 1000) * 1000)}  ${first}`, ...others])
      terminal.note(line)
  }
  if (manager.health.status !== 'live') tell(manager.health)
  manager.on('healthChanged', tell)
}
