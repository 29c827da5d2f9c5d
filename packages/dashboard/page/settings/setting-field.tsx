import type { JSX } from 'preact'
import type { FieldSchema, SettingValue } from './field-schema.js'
import { LevelsField } from './levels-field.js'

/** A field of the form. */
export interface SettingFieldProps {
  readonly field: FieldSchema
  readonly value: SettingValue
  readonly isChanged: boolean
  readonly onChange: (value: SettingValue) => void
}

function Switch({ field, value, onChange }: SettingFieldProps): JSX.Element {
  return (
    <input
      id={field.name}
      type="checkbox"
      role="switch"
      checked={value === true}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.checked)
      }}
    />
  )
}

function Choice({
  field,
  value,
  choices,
  onChange,
}: SettingFieldProps & { readonly choices: readonly (string | null)[] }): JSX.Element {
  return (
    <select
      id={field.name}
      value={typeof value === 'string' ? value : ''}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value === '' ? null : currentTarget.value)
      }}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice ?? ''}>
          {choice ?? 'none'}
        </option>
      ))}
    </select>
  )
}

function TextField({ field, value, onChange }: SettingFieldProps): JSX.Element {
  const canBeNone = field.kind.type === 'number' && field.kind.canBeNone
  const isNumber = field.kind.type === 'number'
  const isScalar = typeof value === 'string' || typeof value === 'number'
  return (
    <input
      id={field.name}
      class={isNumber ? 'figure' : ''}
      inputMode={isNumber ? 'decimal' : 'text'}
      placeholder={canBeNone ? 'none' : ''}
      value={isScalar ? `${value}` : ''}
      onInput={({ currentTarget }) => {
        const text = currentTarget.value.replaceAll(' ', '')
        onChange(text === '' && canBeNone ? null : text)
      }}
    />
  )
}

function Control(props: SettingFieldProps): JSX.Element {
  const { field, value, onChange } = props
  switch (field.kind.type) {
    case 'switch':
      return <Switch {...props} />
    case 'choice':
      return <Choice {...props} choices={field.kind.choices} />
    case 'levels':
      return <LevelsField name={field.name} levels={Array.isArray(value) ? value : []} onChange={onChange} />
    case 'number':
    case 'text':
      return <TextField {...props} />
  }
}

/** One option: its name, its field with the unit, what it means. */
export function SettingField(props: SettingFieldProps): JSX.Element {
  const { field, isChanged } = props
  return (
    <div class={isChanged ? 'field is-changed' : 'field'}>
      <label for={field.name}>{field.name}</label>
      <span class="control">
        <Control {...props} />{' '}
        {field.unit !== null && field.kind.type !== 'levels' && <span class="unit">{field.unit}</span>}
      </span>
      <p class="quiet">
        {field.meaning}
        {field.none !== null && ` Empty: ${field.none}.`}
      </p>
    </div>
  )
}
