import type { JSX } from 'preact'
import type { Action, BookAction, BookView, ReconciliationView, RepairAction } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'
import { Panel } from '../parts/panel.js'

interface Remedy {
  readonly command: (RepairAction | Extract<BookAction, { command: 'resolveConflict' }>)['command']
  readonly title: string
  /** Why it is worth doing now; `null` = it is not called for. */
  readonly reason: string | null
}

const ADOPTED: readonly string[] = ['recovered', 'adopted']

/** What can be mended, what is called for first. */
function remediesFor(book: BookView, { positions, conflict }: ReconciliationView): readonly Remedy[] {
  const tranches = book.groups.flatMap((group) => group.tranches)
  const isBare = book.groups.some((group) => !group.protected)
  const drifting = positions.filter(({ status }) => status === 'drift')
  const adopted = tranches.filter(({ origin }) => ADOPTED.includes(origin))
  const all: readonly (Remedy & { readonly isPossible: boolean })[] = [
    {
      command: 'takeOver',
      title: "Take the venue's side over",
      reason: 'book and venue hold opposite sides',
      isPossible: conflict === 'oppositeSide',
    },
    {
      command: 'resolveConflict',
      title: 'The conflict is resolved',
      reason: 'nothing but protection is sent until you say so',
      isPossible: conflict !== null,
    },
    {
      command: 'protect',
      title: 'Protect what is missing',
      reason: isBare ? 'something open has no stop' : null,
      isPossible: true,
    },
    {
      command: 'adopt',
      title: 'Adopt what the venue holds',
      reason: drifting.length > 0 ? 'the venue holds something else than the book' : null,
      isPossible: true,
    },
    { command: 'reconcile', title: 'Compare now', reason: null, isPossible: true },
    {
      command: 'rollBack',
      title: 'Give up what was adopted',
      reason: null,
      isPossible: adopted.length > 0,
    },
  ]
  return all.filter(({ isPossible }) => isPossible)
}

/** Ways to bring book and venue together; each says what it would book and send before it is done. */
export function RepairPanel({
  book,
  view,
}: {
  readonly book: BookView
  readonly view: ReconciliationView
}): JSX.Element | null {
  const page = usePage()
  const { account, symbol } = book
  if (page.account.loaded.value.value?.isReadOnly !== false || book.isPast) return null
  const remedies = remediesFor(book, view)
  const ask = (action: Action) => () => {
    page.action.value = action
  }
  return (
    <Panel title="Mend" note="each says first what it would book and send">
      <span class="tools wrap">
        {remedies.map(({ command, title, reason }) => (
          <button
            key={command}
            type="button"
            class={reason === null ? '' : 'primary'}
            onClick={ask({ command, account, symbol })}
          >
            {title}
          </button>
        ))}
      </span>
      {remedies.flatMap(({ command, title, reason }) =>
        reason === null
          ? []
          : [
              <p key={command} class="quiet">
                {title}: {reason}.
              </p>,
            ],
      )}
    </Panel>
  )
}
