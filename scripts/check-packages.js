import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

/** Packs every package as the registry would and lints what would arrive at a user. Needs a build. */
const root = new URL('..', import.meta.url)
const packages = new URL('packages/', root)
const { references } = JSON.parse(readFileSync(new URL('tsconfig.build.json', root), 'utf8'))
const built = new Set(references.map((/** @type {{ path: string }} */ { path }) => path))

/**
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
const findingsIn = async (folder) => {
  if (!built.has(`packages/${folder}`)) return ['is never built: add a reference to it in tsconfig.build.json']
  const { messages, pkg } = await publint({ pkgDir: fileURLToPath(new URL(folder, packages)), strict: true })
  return messages.map((message) => formatMessage(message, pkg) ?? message.code)
}

let count = 0
for (const folder of readdirSync(packages)) {
  for (const finding of await findingsIn(folder)) {
    console.error(`packages/${folder}: ${finding}`)
    count += 1
  }
}
console.log(`packages: ${count} findings`)
process.exitCode = count === 0 ? 0 : 1
