/** WASI's number for a disk without room. */
const NO_SPACE = 51

/** Why the embedded database failed. Its file system throws objects that are no errors and say a number alone. */
export function failureText(cause: unknown): string {
  if (cause instanceof Error) return cause.message
  if (typeof cause !== 'object' || cause === null || !('errno' in cause)) return String(cause)
  return cause.errno === NO_SPACE
    ? 'no space left on device'
    : `its file system failed with number ${String(cause.errno)}`
}
