import type { Bug } from './bug.js'

/** Every planted bug. */
export const BUGS: readonly Bug[] = []
