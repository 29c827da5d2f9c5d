import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { PageState } from '../state/page-state.js'

/** Gives every component the one state of the page. */
export const PageContext = createContext<PageState | null>(null)

/** The state of the page. */
export function usePage(): PageState {
  const state = useContext(PageContext)
  if (state === null) throw new Error('a component was drawn outside of the page: wrap it in PageContext.Provider')
  return state
}
