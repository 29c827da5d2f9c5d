import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @typedef {{ name: string, file: string, packedBytes: number, unpackedBytes: number }} Packed */

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

/**
 * Packs every package as the registry would, into a folder. Needs a build.
 *
 * @param {string} folder
 * @returns {readonly Packed[]}
 */
export const packPackages = (folder) =>
  readdirSync(packages)
    .filter((name) => JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')).private !== true)
    .map((name) => {
      const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
      const text = execFileSync('npm', args, {
        cwd: join(packages, name),
        encoding: 'utf8',
        shell: process.platform === 'win32',
      })
      const [packed] = JSON.parse(text)
      return {
        name: packed.name,
        file: join(folder, packed.filename),
        packedBytes: packed.size,
        unpackedBytes: packed.unpackedSize,
      }
    })
