import type { ExpectedVersion } from '../event-store.js'
import type { PendingAppend } from './pending-append.js'

/** Appends to one stream that go together: all or none. */
export interface AppendGroup {
  readonly stream: string
  readonly expected: ExpectedVersion
  readonly epoch: number | null
  readonly appends: PendingAppend[]
  count: number
}

/** What one statement carries. */
export interface AppendBatch {
  readonly groups: readonly AppendGroup[]
  readonly appends: readonly PendingAppend[]
  readonly events: number
}

/** How much one statement may carry. */
export interface BatchLimits {
  readonly events: number
  readonly characters: number
}

/** Version after the group where it is known: the next append may say it expects that one. */
function versionAfter({ expected, count }: AppendGroup): number | null {
  if (typeof expected === 'number') return expected + count
  return expected === 'none' ? count : null
}

function fits(group: AppendGroup, append: PendingAppend): boolean {
  const hasSolo = append.isSolo || group.appends.some((joined) => joined.isSolo)
  if (hasSolo || group.epoch !== append.epoch) return false
  if (append.expected === 'any') return group.expected === 'any'
  return append.expected === versionAfter(group)
}

/** An append that nothing else waits with: the usual case of a bot. */
function batchOfOne(append: PendingAppend): AppendBatch {
  const { stream, expected, epoch, events } = append
  const appends = [append]
  return { groups: [{ stream, expected, epoch, appends, count: events.length }], appends, events: events.length }
}

/**
 * Takes appends from the front of the queue, without changing the order within a stream: appends to one stream join into
 * a group where each expects the version after the one before, else the later one waits for the next batch.
 */
export function takeBatch(queue: PendingAppend[], limits: BatchLimits): AppendBatch {
  const [only] = queue
  if (only !== undefined && queue.length === 1) {
    queue.pop()
    return batchOfOne(only)
  }
  const groups = new Map<string, AppendGroup>()
  const blocked = new Set<string>()
  const taken = new Set<PendingAppend>()
  let events = 0
  let characters = 0
  for (const append of queue) {
    if (append.isAlone && taken.size > 0) break
    const isFull = events + append.events.length > limits.events || characters + append.size > limits.characters
    if (isFull && taken.size > 0) break
    const group = groups.get(append.stream)
    if (blocked.has(append.stream) || (group !== undefined && !fits(group, append))) {
      blocked.add(append.stream)
      continue
    }
    joinGroup(groups, append)
    taken.add(append)
    events += append.events.length
    characters += append.size
    if (append.isAlone) break
  }
  const rest = queue.filter((append) => !taken.has(append))
  queue.splice(0, queue.length, ...rest)
  return { groups: [...groups.values()], appends: [...taken], events }
}

function joinGroup(groups: Map<string, AppendGroup>, append: PendingAppend): void {
  const { stream, expected, epoch } = append
  const group = groups.get(stream)
  if (group === undefined) {
    groups.set(stream, { stream, expected, epoch, appends: [append], count: append.events.length })
    return
  }
  group.appends.push(append)
  group.count += append.events.length
}
