import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { API_PATHS, type BookView, type SettingsView } from '../../src/api/index.js'
import { WhenLoaded } from '../parts/loaded.js'
import { Panel } from '../parts/panel.js'
import { useResource } from '../parts/use-resource.js'
import { pathAt } from '../state/path-at.js'
import { changedOptions, type Draft } from './changed-options.js'
import { fieldSchema } from './field-schema.js'
import { SettingField } from './setting-field.js'
import { SettingsAside } from './settings-aside.js'

function Sections({
  view,
  draft,
  onChange,
}: {
  readonly view: SettingsView
  readonly draft: Draft
  readonly onChange: (part: Draft) => void
}): JSX.Element {
  const changed = new Set(changedOptions(view.options, draft).map(({ option }) => option))
  return (
    <div class="setting-sections">
      {view.sections.map(({ title, options }) => (
        <Panel key={title} title={title}>
          {options.map((name) => (
            <SettingField
              key={name}
              field={fieldSchema(view.schema, name)}
              value={draft[name] ?? null}
              isChanged={changed.has(name)}
              onChange={(value) => {
                onChange({ [name]: value })
              }}
            />
          ))}
        </Panel>
      ))}
    </div>
  )
}

function Form({ book, view }: { readonly book: BookView; readonly view: SettingsView }): JSX.Element {
  const edits = useSignal<Draft>({})
  const draft = { ...view.options, ...edits.value }
  const edit = (part: Draft): void => {
    edits.value = { ...edits.value, ...part }
  }
  return (
    <div class="settings">
      <Sections view={view} draft={draft} onChange={edit} />
      <SettingsAside
        book={book}
        view={view}
        draft={draft}
        onEdit={edit}
        onDiscard={() => {
          edits.value = {}
        }}
      />
    </div>
  )
}

/** Options of a symbol: what each means, what a change would do, what differs before it is saved. */
export function SettingsRoom({ book }: { readonly book: BookView }): JSX.Element {
  const loaded = useResource<SettingsView>(pathAt(API_PATHS.settings(book), book))
  return <WhenLoaded loaded={loaded}>{(view) => <Form book={book} view={view} />}</WhenLoaded>
}
