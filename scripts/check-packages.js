import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

/** Packs every package as the registry would and lints what would arrive at a user. Needs a build. */
const packages = new URL('../packages/', import.meta.url)
let findings = 0

for (const folder of readdirSync(packages)) {
  const { messages, pkg } = await publint({ pkgDir: fileURLToPath(new URL(folder, packages)), strict: true })
  for (const message of messages) {
    console.error(`packages/${folder}: ${message.type}: ${formatMessage(message, pkg)}`)
  }
  findings += messages.length
}
console.log(`packages: ${findings} findings`)
process.exitCode = findings === 0 ? 0 : 1
