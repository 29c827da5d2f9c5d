import type { JSX } from 'preact'
import type { BookView, SettingChange, SettingsView } from '../../src/api/index.js'
import { LadderDrawing } from '../ladder/ladder-drawing.js'
import { Empty } from '../parts/notice.js'
import { usePage } from '../parts/page-context.js'
import { Panel } from '../parts/panel.js'
import { useWidth } from '../parts/use-width.js'
import { changedOptions, settingWords, type Draft } from './changed-options.js'
import { previewTranche } from './preview-tranche.js'

interface AsideProps {
  readonly book: BookView
  readonly view: SettingsView
  readonly draft: Draft
  readonly onEdit: (part: Draft) => void
  readonly onDiscard: () => void
}

const HEIGHT = 320
const FIRST_WIDTH = 360

function Preview({ book, view, draft }: Omit<AsideProps, 'onEdit' | 'onDiscard'>): JSX.Element {
  const { ref, width } = useWidth(FIRST_WIDTH)
  const { mark, priceDecimals } = book
  const side = book.groups[0]?.side ?? 'LONG'
  const picture = (entryPrice: string): JSX.Element => (
    <LadderDrawing
      view={{
        tranches: [
          previewTranche(view.options, { entryPrice, side, name: 'now' }),
          previewTranche(draft, { entryPrice, side, name: 'then' }),
        ],
        mark: entryPrice,
        priceDecimals,
        quantityDecimals: null,
      }}
      size={{ width, height: HEIGHT }}
      chosen={null}
      changed={new Set()}
      onChoose={null}
    />
  )
  return (
    <Panel title="The next tranche" note={`${side} at the mark, quantity as 100`}>
      <div ref={ref} class="measured">
        {mark === null ? <Empty title="The mark is unknown">The picture needs a price.</Empty> : picture(mark)}
      </div>
    </Panel>
  )
}

function Differences({ changes }: { readonly changes: readonly SettingChange[] }): JSX.Element {
  return (
    <ul class="differences">
      {changes.map(({ option, before, after }) => (
        <li key={option}>
          <code>{option}</code>
          <span class="quiet">{settingWords(before)}</span> <span aria-label="becomes">→</span>{' '}
          <strong>{settingWords(after)}</strong>
        </li>
      ))}
    </ul>
  )
}

function Presets({ view, onEdit }: Pick<AsideProps, 'view' | 'onEdit'>): JSX.Element {
  return (
    <Panel title="Start from">
      <span class="tools wrap">
        {view.presets.map(({ name }) => (
          <button
            key={name}
            type="button"
            onClick={() => {
              const preset = view.presets.find((one) => one.name === name)
              onEdit(presetDraft(view, preset?.options ?? {}))
            }}
          >
            {name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}
          </button>
        ))}
        <button
          type="button"
          onClick={() => {
            onEdit(view.defaults)
          }}
        >
          defaults
        </button>
      </span>
    </Panel>
  )
}

/** A preset as the form holds it: numbers as the options have them. */
function presetDraft(view: SettingsView, preset: Readonly<Record<string, unknown>>): Draft {
  const entries = Object.entries(preset).map(([name, value]): [string, Draft[string]] => {
    const isText = typeof view.options[name] === 'string'
    if (typeof value === 'number') return [name, isText ? `${value}` : value]
    return [name, typeof value === 'boolean' || typeof value === 'string' ? value : (view.options[name] ?? null)]
  })
  return Object.fromEntries(entries)
}

/** Beside the form: what would change, as a list and as a picture, and the way to save it. */
export function SettingsAside({ book, view, draft, onEdit, onDiscard }: AsideProps): JSX.Element {
  const page = usePage()
  const changes = changedOptions(view.options, draft)
  const isReadOnly = page.account.loaded.value.value?.isReadOnly !== false
  const save = (): void => {
    const options = Object.fromEntries(changes.map(({ option, after }) => [option, after]))
    page.action.value = { command: 'configure', options, account: view.account, symbol: view.symbol }
  }
  return (
    <div class="settings-aside">
      <Preview book={book} view={view} draft={draft} />
      <Panel title="Differences" note={changes.length === 0 ? null : `${changes.length}`}>
        {changes.length === 0 ? (
          <Empty title="Nothing changed">What you change is listed here before it is saved.</Empty>
        ) : (
          <Differences changes={changes} />
        )}
        {isReadOnly || book.isPast ? (
          <p class="quiet">
            {isReadOnly
              ? 'A log is looked at: nothing can be saved.'
              : 'These are the settings as they were: back to now to change them.'}
          </p>
        ) : (
          <span class="tools">
            <button type="button" class="primary" disabled={changes.length === 0} onClick={save}>
              Save …
            </button>
            <button type="button" disabled={changes.length === 0} onClick={onDiscard}>
              Discard
            </button>
          </span>
        )}
      </Panel>
      <Presets view={view} onEdit={onEdit} />
    </div>
  )
}
