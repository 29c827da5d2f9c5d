import { fileURLToPath } from 'node:url'
import { rules } from './style/rules.js'
import { readSourceFiles } from './style/source-files.js'
import { undocumentedExports } from './style/undocumented-exports.js'

/** What the linter cannot say: names, rooms, money as float, comments, doors. Prints `file:line  what: instead`. */
const LONG_FILE_LINES = 250

const root = fileURLToPath(new URL('..', import.meta.url))
const files = readSourceFiles(root, ['packages', 'examples', 'scripts'])
const findings = [
  ...files.flatMap((file) => rules.flatMap((rule) => rule(file).map((finding) => ({ path: file.path, ...finding })))),
  ...undocumentedExports(files),
]

for (const { path, line, what, instead } of findings) console.error(`${path}:${line}  ${what}: ${instead}`)
for (const { path, lines } of files) {
  if (lines.length > LONG_FILE_LINES) console.warn(`note: ${path} has ${lines.length} lines: think about splitting it`)
}
console.log(`style: ${files.length} files, ${findings.length} findings`)
process.exitCode = findings.length === 0 ? 0 : 1
