import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'

/** A field with the button that sends it. */
export interface TextFormProps {
  readonly title: string
  readonly button: string
  readonly text: string
  readonly placeholder?: string
  readonly isFigure?: boolean
  readonly isGrave?: boolean
  readonly onDone: (text: string) => void
}

/** A field with the button that sends it. */
export function TextForm(props: TextFormProps): JSX.Element {
  const { title, button, placeholder = '', isFigure = false, isGrave = false, onDone } = props
  const text = useSignal(props.text)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onDone(isFigure ? text.value.replaceAll(' ', '') : text.value.trim())
      }}
    >
      <input
        class={isFigure ? 'figure' : ''}
        inputMode={isFigure ? 'decimal' : 'text'}
        aria-label={title}
        placeholder={placeholder}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
        }}
      />
      <button type="submit" class={isGrave ? 'danger' : ''}>
        {button}
      </button>
    </form>
  )
}
