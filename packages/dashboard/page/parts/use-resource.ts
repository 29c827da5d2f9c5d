import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { Resource, type Loaded } from '../state/resource.js'
import { usePage } from './page-context.js'

/** Reads a path for as long as the component is shown, again whenever the book that is looked at changes. */
export function useResource<Value>(path: string | null): Loaded<Value> {
  const page = usePage()
  const [resource] = useState(() => new Resource<Value>(page.client))
  useEffect(() => {
    resource.show(path)
  }, [path])
  useSignalEffect(() => {
    if (page.revision.value > 0) resource.refresh()
  })
  return resource.loaded.value
}
