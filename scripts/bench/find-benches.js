import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const SUFFIX = '.bench.ts'

/**
 * The benchmarks of every package below the repository, by name: packages/X/bench/NAME.bench.ts.
 * @param {string} root
 * @returns {{ name: string, file: string }[]}
 */
export const findBenches = (root) =>
  readdirSync(join(root, 'packages')).flatMap((folder) => {
    const bench = join(root, 'packages', folder, 'bench')
    if (!existsSync(bench)) return []
    return readdirSync(bench)
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => ({ name: file.slice(0, -SUFFIX.length), file: `packages/${folder}/bench/${file}` }))
  })
