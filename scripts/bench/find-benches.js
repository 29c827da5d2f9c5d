import { existsSync } from 'node:fs'
import { join } from 'node:path'

const SUFFIX = '.bench.ts'

/**
 * The benchmarks of every package, by name: packages/X/bench/NAME.bench.ts.
 * @param {string} root
 * @param {(folder: string) => string[]} list
 * @returns {{ name: string, file: string }[]}
 */
export const findBenches = (root, list) =>
  list(join(root, 'packages')).flatMap((folder) => {
    const bench = join(root, 'packages', folder, 'bench')
    if (!existsSync(bench)) return []
    return list(bench)
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => ({ name: file.slice(0, -SUFFIX.length), file: `packages/${folder}/bench/${file}` }))
  })
