const SHORTEST_SHARED = 5

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** Letters to add, drop or replace to get from one name to the other. */
function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const replaced = (above[column - 1] ?? 0) + (isSame ? 0 : 1)
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[right.length] ?? 0
}

function sharedPrefix(left: string, right: string): number {
  let length = 0
  while (length < left.length && left[length] === right[length]) length += 1
  return length
}

const PART = 100
const PREFIX = 200

/** The smaller, the likelier: a slip of the keys, then one name inside the other, then the same beginning; `null` = not alike. */
function unlikeness(name: string, candidate: string): number | null {
  const [shorter, longer] = name.length < candidate.length ? [name, candidate] : [candidate, name]
  const distance = editDistance(name, candidate)
  if (distance < shorter.length && distance <= Math.max(2, Math.trunc(longer.length / 4))) return distance
  const shared = sharedPrefix(name, candidate)
  const isPart = longer.includes(shorter) && shorter.length >= (shared === shorter.length ? 3 : SHORTEST_SHARED)
  if (isPart) return PART + longer.length - shorter.length
  return shared >= SHORTEST_SHARED && shared * 2 >= longer.length ? PREFIX + longer.length - shared : null
}

/** The candidate that was most likely meant, whatever its case or separators; `null` if none is alike. Ties: the earlier. */
export function closestName(name: string, candidates: readonly string[]): string | null {
  const meant = plain(name.slice(0, 80))
  let closest: string | null = null
  let least = Infinity
  for (const candidate of candidates) {
    const score = unlikeness(meant, plain(candidate))
    if (score === null || score >= least) continue
    closest = candidate
    least = score
  }
  return closest
}

/** `did you mean "X"?`, or other advice where no candidate is alike. */
export function didYouMean(name: string, candidates: readonly string[], otherwise: string): string {
  const closest = closestName(name, candidates)
  return closest === null ? otherwise : `did you mean "${closest}"?`
}
