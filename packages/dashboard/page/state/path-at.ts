import type { BookView } from '../../src/api/index.js'

/** A path of the API at the version of a book that is looked at. */
export function pathAt(path: string, { isPast, version }: Pick<BookView, 'isPast' | 'version'>): string {
  return isPast ? `${path}?version=${version}` : path
}
