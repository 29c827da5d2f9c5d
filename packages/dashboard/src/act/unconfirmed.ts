import type { ActionPreview } from '../api/action.js'

/** What would happen, before anybody may confirm it. */
export type Unconfirmed = Omit<ActionPreview, 'says' | 'confirmation' | 'expiresTime'>
