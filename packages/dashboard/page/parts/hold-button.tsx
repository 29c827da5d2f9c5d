import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

const HOLD_MS = 1200

/** A button that must be held: with the pointer, or with Enter or the space bar. */
export function HoldButton({
  onHeld,
  children,
}: {
  readonly onHeld: () => void
  readonly children: ComponentChildren
}): JSX.Element {
  const [isHolding, setHolding] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const release = (): void => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    setHolding(false)
  }
  const hold = (): void => {
    if (timer.current !== null) return
    setHolding(true)
    timer.current = setTimeout(() => {
      release()
      onHeld()
    }, HOLD_MS)
  }
  useEffect(() => release, [])
  return (
    <button
      type="button"
      class={isHolding ? 'danger hold is-holding' : 'danger hold'}
      onPointerDown={hold}
      onPointerUp={release}
      onPointerLeave={release}
      onBlur={release}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') hold()
      }}
      onKeyUp={release}
    >
      <span>{children}</span>
    </button>
  )
}
