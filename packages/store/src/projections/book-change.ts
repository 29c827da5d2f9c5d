import type { Change } from './change.js'

/** A change within one book. */
export type BookChange = Omit<Change, 'a' | 'y'>
