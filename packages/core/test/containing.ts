import { expect } from 'vitest'

/** Matches a text that contains this one. */
export const containing = (part: string): unknown => expect.stringContaining(part)
