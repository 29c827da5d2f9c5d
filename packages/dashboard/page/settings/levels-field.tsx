import type { JSX } from 'preact'
import type { SettingValue } from './field-schema.js'

type Levels = Extract<SettingValue, readonly unknown[]>
type Level = Levels[number]

const NEXT_LEVEL = { profitPercent: '', closePercent: '' }

/** Levels of scaled take profit: how far, and how much. */
export function LevelsField({
  name,
  levels,
  onChange,
}: {
  readonly name: string
  readonly levels: Levels
  readonly onChange: (levels: Levels) => void
}): JSX.Element {
  const write = (at: number, part: Partial<Level>): void => {
    onChange(levels.map((level, index) => (index === at ? { ...level, ...part } : level)))
  }
  const input = (index: number, part: keyof Level): JSX.Element => (
    <input
      id={index === 0 && part === 'profitPercent' ? name : undefined}
      class="figure short"
      inputMode="decimal"
      aria-label={`${part === 'profitPercent' ? 'Profit' : 'Share'} of level ${index + 1} in percent`}
      value={levels[index]?.[part] ?? ''}
      onInput={({ currentTarget }) => {
        write(index, { [part]: currentTarget.value.replaceAll(' ', '') })
      }}
    />
  )
  return (
    <span class="levels">
      {levels.map((_, index) => (
        <span class="level" key={index}>
          <b>TP{index + 1}</b> at {input(index, 'profitPercent')} % close {input(index, 'closePercent')} %
          <button
            type="button"
            aria-label={`Remove level ${index + 1}`}
            onClick={() => {
              onChange(levels.toSpliced(index, 1))
            }}
          >
            ×
          </button>
        </span>
      ))}
      <button
        type="button"
        onClick={() => {
          onChange([...levels, NEXT_LEVEL])
        }}
      >
        Add a level
      </button>
    </span>
  )
}
