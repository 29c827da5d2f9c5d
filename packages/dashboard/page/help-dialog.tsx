import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { KEYS } from './keyboard.js'
import { usePage } from './parts/page-context.js'

/** The keys and signs of the page. */
export function HelpDialog(): JSX.Element {
  const page = usePage()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="help-title"
      onClose={() => {
        page.isHelpOpen.value = false
      }}
    >
      <h2 id="help-title">Keys</h2>
      <dl class="pairs">
        {KEYS.map(([key, words]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </>
        ))}
      </dl>
      <h3>Signs</h3>
      <p>● active ◐ isolated ○ closed · ◆ entry ▬ stop ○ target ● target hit · hatched is closed already</p>
      <div class="dialog-tools">
        <button type="button" class="primary" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  )
}
