/** The interface of agents (`v3`), or the older one of API keys (`v1`). */
export type AsterVersion = 'v1' | 'v3'

/** Path of a call that both versions name alike. */
export function pathOf(version: AsterVersion, name: string): string {
  return `/fapi/${version}/${name}`
}
