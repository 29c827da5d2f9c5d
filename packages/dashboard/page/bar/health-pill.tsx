import type { JSX } from 'preact'
import type { HealthView } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'
import { formatRoute } from '../state/route.js'

const WORDS: Readonly<Record<HealthView['status'], string>> = {
  starting: 'starting',
  live: 'live',
  degraded: 'degraded: entries off',
  halted: 'halted: protection only',
  recorded: 'recorded',
}

const SIGNS: Readonly<Record<HealthView['status'], string>> = {
  starting: '◌',
  live: '●',
  degraded: '◐',
  halted: '■',
  recorded: '▤',
}

/** How the manager is, while it is heard; opens the health page. */
export function HealthPill({ health }: { readonly health: HealthView }): JSX.Element {
  const page = usePage()
  if (page.isLost.value) {
    return (
      <a class="pill pill-unknown" href={formatRoute({ type: 'health' })} title="The process is not heard of.">
        <span aria-hidden="true">◌</span> unknown
      </a>
    )
  }
  return (
    <a class={`pill pill-${health.status}`} href={formatRoute({ type: 'health' })} title={health.advice}>
      <span aria-hidden="true">{SIGNS[health.status]}</span> {WORDS[health.status]}
    </a>
  )
}
