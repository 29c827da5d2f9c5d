import type { VersionStep } from '../../src/api/index.js'

/** Ids of the tranches that a step changed. */
export function changedTranches(step: VersionStep | null): ReadonlySet<string> {
  const changes = step?.changes ?? []
  return new Set(changes.flatMap(({ subject }) => (subject.type === 'tranche' ? [subject.tranche] : [])))
}
