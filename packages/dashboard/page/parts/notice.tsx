import type { ComponentChildren, JSX } from 'preact'
import type { ProblemView } from '../../src/api/index.js'

/** Says that something is not there, and what to do next. */
export function Empty({
  title,
  children,
}: {
  readonly title: string
  readonly children?: ComponentChildren
}): JSX.Element {
  return (
    <div class="empty">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  )
}

/** Says why something could not be read or done. */
export function Problem({ problem }: { readonly problem: ProblemView }): JSX.Element {
  return (
    <div class="problem" role="alert">
      <strong>{problem.message}</strong>
      <p>{problem.advice}</p>
      <code>{problem.code}</code>
    </div>
  )
}

/** Holds the place of what is being read, in about its size. */
export function Waiting({ lines = 4 }: { readonly lines?: number }): JSX.Element {
  return (
    <div class="waiting" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  )
}
