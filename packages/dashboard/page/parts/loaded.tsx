import type { ComponentChildren, JSX } from 'preact'
import type { Loaded } from '../state/resource.js'
import { Problem, Waiting } from './notice.js'

/** Shows what was read, or that it is being read, or why it cannot be. What was read once stays while it is read again. */
export function WhenLoaded<Value>({
  loaded,
  children,
}: {
  readonly loaded: Loaded<Value>
  readonly children: (value: Value) => ComponentChildren
}): JSX.Element {
  const { value, problem } = loaded
  if (value === null) return problem === null ? <Waiting /> : <Problem problem={problem} />
  return (
    <>
      {problem !== null && <Problem problem={problem} />}
      {children(value)}
    </>
  )
}
