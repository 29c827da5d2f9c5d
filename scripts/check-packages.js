import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { packPackages } from './packed/pack-packages.js'

/** Packs every package as the registry would, lints what would arrive at a user, and says how large it is. Needs a build. */
const root = new URL('..', import.meta.url)
const packages = new URL('packages/', root)
const { references } = JSON.parse(readFileSync(new URL('tsconfig.build.json', root), 'utf8'))
const built = new Set(references.map((/** @type {{ path: string }} */ { path }) => path))
/** A package that grows beyond this carries something it should not. */
const MOST_BYTES = 700_000

/**
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
const lintFindings = async (folder) => {
  if (!built.has(`packages/${folder}`)) return ['is never built: add a reference to it in tsconfig.build.json']
  const { messages, pkg } = await publint({ pkgDir: fileURLToPath(new URL(folder, packages)), strict: true })
  return messages.map((message) => formatMessage(message, pkg) ?? message.code)
}

/**
 * Modules only, which `require` loads since Node 20.19: what older resolutions miss does not count.
 *
 * @param {{ kind: string, resolutionKind?: string }} problem
 */
const counts = ({ kind, resolutionKind }) => kind !== 'CJSResolvesToESM' && resolutionKind !== 'node10'

/**
 * @param {import('./packed/pack-packages.js').Packed} packed
 * @returns {Promise<string[]>}
 */
const typeFindings = async ({ file, packedBytes }) => {
  const checked = await checkPackage(createPackageFromTarballData(readFileSync(file)))
  const problems =
    checked.types === false
      ? ['has no types']
      : checked.problems.filter(counts).map((problem) => JSON.stringify(problem))
  return packedBytes > MOST_BYTES ? [...problems, `is ${packedBytes} bytes packed, more than ${MOST_BYTES}`] : problems
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`.padStart(8)

let count = 0
/** @param {string} name @param {readonly string[]} findings */
const tell = (name, findings) => {
  for (const finding of findings) console.error(`${name}: ${finding}`)
  count += findings.length
}

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-packed-'))
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true })
})
for (const name of readdirSync(packages)) tell(`packages/${name}`, await lintFindings(name))
const packed = packPackages(folder)
for (const one of packed) {
  tell(one.name, await typeFindings(one))
  console.log(`${one.name.padEnd(24)} ${kilobytes(one.packedBytes)} packed ${kilobytes(one.unpackedBytes)} unpacked`)
}
console.log(`packages: ${count} findings`)
process.exitCode = count === 0 ? 0 : 1
