import type { JSX } from 'preact'
import { steadyDuration } from '../parts/age.js'
import { usePage } from '../parts/page-context.js'

/** Whether the page hears its server; says nothing while it does. */
export function ConnectionMark(): JSX.Element | null {
  const page = usePage()
  const { value: connection } = page.connection
  switch (connection.type) {
    case 'live':
      return null
    case 'connecting':
      return <span class="quiet">connecting …</span>
    case 'lost':
      return (
        <span class="stale-note" role="status">
          no connection for {steadyDuration(Math.max(0, Date.now() - connection.since))}, trying again
        </span>
      )
  }
}
