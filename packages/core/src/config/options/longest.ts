/** Longest time an option may name: ten years in milliseconds. */
export const LONGEST_MS = 315_360_000_000
