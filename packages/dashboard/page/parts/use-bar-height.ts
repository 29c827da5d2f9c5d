import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** Tells the style sheet how high an element is, as `--bar-height`, so that what sticks below it does. */
export function useBarHeight(): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    const { current } = ref
    if (current === null) return undefined
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty('--bar-height', `${current.offsetHeight}px`)
    })
    observer.observe(current)
    return () => {
      observer.disconnect()
    }
  }, [])
  return ref
}
