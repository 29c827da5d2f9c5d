import type { ComponentChildren, JSX } from 'preact'

/** A titled part of the page. */
export interface PanelProps {
  readonly title: string
  /** Quiet words beside the title. */
  readonly note?: string | null
  readonly tools?: ComponentChildren
  readonly name?: string
  readonly children: ComponentChildren
}

/** A titled part of the page. */
export function Panel({ title, note = null, tools, name = '', children }: PanelProps): JSX.Element {
  return (
    <section class={`panel ${name}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {note !== null && <span class="quiet">{note}</span>}
        {tools !== undefined && <span class="tools">{tools}</span>}
      </header>
      {children}
    </section>
  )
}
