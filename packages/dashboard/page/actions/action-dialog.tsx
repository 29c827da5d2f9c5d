import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Action, ActionAnswer, ActionPreview, ProblemView } from '../../src/api/index.js'
import { HoldButton } from '../parts/hold-button.js'
import { Problem, Waiting } from '../parts/notice.js'
import { usePage } from '../parts/page-context.js'
import { settingWords } from '../settings/changed-options.js'
import { actionTitle, isGrave } from './action-words.js'
import { RepairBookings, RepairVerdict } from './repair-report.js'

type Stage =
  | { readonly type: 'looking' }
  | { readonly type: 'asking'; readonly preview: ActionPreview }
  | { readonly type: 'doing' }
  | { readonly type: 'done'; readonly answer: ActionAnswer }
  | { readonly type: 'failed'; readonly problem: ProblemView }

function PreviewOf({ preview }: { readonly preview: ActionPreview }): JSX.Element {
  const { says, orders, changes, problems, repair } = preview
  return (
    <>
      <p>{says}</p>
      {repair !== null && <RepairBookings repair={repair} />}
      {orders.length > 0 && (
        <>
          <h3>It sends</h3>
          <ul class="orders-expected">
            {orders.map(({ symbol, sentence }, index) => (
              <li key={index}>
                <strong>{symbol}</strong> {sentence}
              </li>
            ))}
          </ul>
        </>
      )}
      {repair?.steps.length === 0 && <p class="banner notice">Nothing is to be booked or sent.</p>}
      {repair !== null && <RepairVerdict repair={repair} />}
      {changes.length > 0 && (
        <ul class="differences">
          {changes.map(({ option, before, after }) => (
            <li key={option}>
              <code>{option}</code>
              <span class="quiet">{settingWords(before)}</span> → <strong>{settingWords(after)}</strong>
            </li>
          ))}
        </ul>
      )}
      {problems.map(({ option, message }) => (
        <p class="banner alarm" role="alert" key={`${option}/${message}`}>
          {option === '' ? '' : `${option}: `}
          {message}
        </p>
      ))}
    </>
  )
}

function AnswerOf({ answer }: { readonly answer: ActionAnswer }): JSX.Element {
  return (
    <>
      <ul class="results">
        {answer.results.map(({ symbol, accepted, message, code, sentences }) => (
          <li key={symbol} class={accepted ? '' : 'alarm'}>
            <strong>
              {symbol} {accepted ? 'done' : 'refused'}
            </strong>
            {accepted ? (
              sentences.map((sentence, index) => <p key={index}>{sentence}</p>)
            ) : (
              <p>
                {message} <code>{code}</code>
              </p>
            )}
          </li>
        ))}
      </ul>
      {answer.repair !== null && <RepairVerdict repair={answer.repair} />}
    </>
  )
}

function StageOf({ stage }: { readonly stage: Stage }): JSX.Element {
  switch (stage.type) {
    case 'looking':
    case 'doing':
      return <Waiting lines={2} />
    case 'asking':
      return <PreviewOf preview={stage.preview} />
    case 'done':
      return <AnswerOf answer={stage.answer} />
    case 'failed':
      return <Problem problem={stage.problem} />
  }
}

interface ConfirmProps {
  readonly action: Action
  readonly stage: Stage
  readonly onConfirmed: (confirmation: string) => void
}

function Confirm({ action, stage, onConfirmed }: ConfirmProps): JSX.Element | null {
  const preview = stage.type === 'asking' ? stage.preview : null
  const confirmation = preview?.confirmation ?? null
  if (confirmation === null || preview?.repair?.steps.length === 0) return null
  const confirm = (): void => {
    onConfirmed(confirmation)
  }
  if (isGrave(action)) return <HoldButton onHeld={confirm}>Hold to confirm</HoldButton>
  return (
    <button type="button" class="primary" onClick={confirm}>
      Confirm
    </button>
  )
}

/** Shows what an action would do, has it confirmed, and tells what became of it. */
export function ActionDialog({ action }: { readonly action: Action }): JSX.Element {
  const page = usePage()
  const stage = useSignal<Stage>({ type: 'looking' })
  const dialog = useRef<HTMLDialogElement>(null)
  const look = async (): Promise<void> => {
    const answer = await page.client.preview(action)
    stage.value =
      answer.type === 'answer' ? { type: 'asking', preview: answer.value } : { type: 'failed', problem: answer.problem }
  }
  const act = async (confirmation: string): Promise<void> => {
    stage.value = { type: 'doing' }
    const answer = await page.client.act({ action, confirmation })
    stage.value =
      answer.type === 'answer' ? { type: 'done', answer: answer.value } : { type: 'failed', problem: answer.problem }
    page.refreshAll()
  }
  useEffect(() => {
    dialog.current?.showModal()
    void look()
  }, [])
  useEffect(() => {
    // The button that was pressed is gone, and keys shall not reach the page behind. No other button: Enter may still be held.
    if (stage.value.type !== 'looking' && stage.value.type !== 'asking') dialog.current?.focus()
  }, [stage.value.type])
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-labelledby="action-title"
      onClose={() => {
        page.action.value = null
      }}
    >
      <h2 id="action-title">{actionTitle(action)}</h2>
      <StageOf stage={stage.value} />
      <div class="dialog-tools">
        <button type="button" onClick={() => dialog.current?.close()}>
          {stage.value.type === 'done' ? 'Close' : 'Cancel'}
        </button>
        <Confirm action={action} stage={stage.value} onConfirmed={(confirmation) => void act(confirmation)} />
      </div>
    </dialog>
  )
}
