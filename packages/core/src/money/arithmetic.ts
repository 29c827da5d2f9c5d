/** Sum of two amounts of one kind. */
export function plus<T extends bigint>(left: T, right: T): T {
  return ((left as bigint) + (right as bigint)) as T
}

/** Difference of two amounts of one kind. */
export function minus<T extends bigint>(left: T, right: T): T {
  return ((left as bigint) - (right as bigint)) as T
}

/** The amount with the other sign. */
export function negate<T extends bigint>(value: T): T {
  return -(value as bigint) as T
}

/** The amount without its sign. */
export function absolute<T extends bigint>(value: T): T {
  return (value < 0n ? -value : value) as T
}

/** The smaller of two amounts of one kind. */
export function smaller<T extends bigint>(left: T, right: T): T {
  return left < right ? left : right
}

/** The larger of two amounts of one kind. */
export function larger<T extends bigint>(left: T, right: T): T {
  return left > right ? left : right
}

/** Ascending order for `sort`. */
export function ascending(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}
