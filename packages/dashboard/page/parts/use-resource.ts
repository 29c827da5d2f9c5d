import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Resource, type Loaded } from '../state/resource.js'
import { usePage } from './page-context.js'

function isSamePlace(left: string | null, right: string | null): boolean {
  return left !== null && right !== null && left.split('?')[0] === right.split('?')[0]
}

/**
 * Reads a path for as long as the component is shown, again whenever the book that is looked at changes. Another version of the same
 * path leaves what is shown in place until it is there; the past does not change.
 */
export function useResource<Value>(path: string | null): Loaded<Value> {
  const page = usePage()
  const [resource] = useState(() => new Resource<Value>(page.client))
  const before = useRef<string | null>(null)
  useEffect(() => {
    resource.show(path, isSamePlace(before.current, path))
    before.current = path
  }, [path])
  useSignalEffect(() => {
    if (page.revision.value > 0 && page.version.peek() === null) resource.refresh()
  })
  return resource.loaded.value
}
