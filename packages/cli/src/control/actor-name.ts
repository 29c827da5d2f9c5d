import { userInfo } from 'node:os'

const LONGEST_ACTOR = 40

/** Who asks, for the record. */
export function actorName(): string {
  const name = `cli:${userInfo().username}`.replaceAll(/[^\w .@:-]/g, '_')
  return name.slice(0, LONGEST_ACTOR)
}
