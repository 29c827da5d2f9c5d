import type { JSX } from 'preact'
import type { AccountView, SwitchAction } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'

/** Pause and kill switch over all books. Both say what they would do before anything is done. */
export function Switches({ account }: { readonly account: AccountView }): JSX.Element {
  const page = usePage()
  const [name = 'main'] = account.accounts
  const ask = (command: SwitchAction['command']) => () => {
    page.action.value = { command, account: name, symbol: null }
  }
  return (
    <span class="switches">
      {account.pausedBooks > 0 && <span class="notice">{account.pausedBooks} paused</span>}
      {account.pausedBooks > 0 ? (
        <button type="button" onClick={ask('resume')}>
          Resume
        </button>
      ) : (
        <button type="button" onClick={ask('pause')}>
          Pause
        </button>
      )}
      <button type="button" class="danger" onClick={ask('killSwitch')}>
        Kill switch
      </button>
    </span>
  )
}
