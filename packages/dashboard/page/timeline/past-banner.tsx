import { figureText } from '@tranchebook/core'
import type { JSX } from 'preact'
import { API_PATHS, type BookView, type VersionStep } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'
import { subjectWords, valueWords } from './change-words.js'

const SHOWN = 40

function Changes({ step }: { readonly step: VersionStep }): JSX.Element {
  const { changes } = step
  return (
    <details class="changes">
      <summary>{changes.length} changes by this event</summary>
      <div class="scroll" tabIndex={0} role="group" aria-label="Changes by this event">
        <table>
          <tbody>
            {changes.slice(0, SHOWN).map((change) => (
              <tr key={`${subjectWords(change)}/${change.field}`}>
                <td>{subjectWords(change)}</td>
                <td>{change.field}</td>
                <td class="figure quiet">{valueWords(change.before)}</td>
                <td aria-label="becomes">→</td>
                <td class="figure">{valueWords(change.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function copyIncident(path: string): void {
  void fetch(path, { credentials: 'same-origin' })
    .then((response) => response.text())
    .then((text) => navigator.clipboard.writeText(text))
}

/** Says plainly that this is the past, what happened at this point, and why. */
export function PastBanner({ book }: { readonly book: BookView }): JSX.Element | null {
  const page = usePage()
  if (!book.isPast) return null
  const { step, version, newestVersion } = book
  const incident = `${API_PATHS.incident(book)}?until=${version}`
  return (
    <div class="banner past" role="status">
      <p>
        <strong>You are looking at the past</strong>, after event {figureText(`${version}`)} of{' '}
        {figureText(`${newestVersion}`)}
        {step === null ? '.' : ': '}
        {step?.sentence}
        {step?.why != null && <em> {step.why}</em>}
      </p>
      <span class="tools">
        <a class="button" href={incident} download>
          Incident file
        </a>
        <button
          type="button"
          onClick={() => {
            copyIncident(incident)
          }}
        >
          Copy
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            page.travel(null)
          }}
        >
          Back to now <kbd>Esc</kbd>
        </button>
      </span>
      {step !== null && step.changes.length > 0 && <Changes step={step} />}
    </div>
  )
}
