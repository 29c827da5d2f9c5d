import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compareErrorCodes } from './style/error-codes.js'
import { readSourceFiles } from './style/source-files.js'

/** Every error code thrown in packages/X/src has a heading in docs/errors.md, and every heading there a code that is thrown. */
const PAGE = 'docs/errors.md'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = readSourceFiles(root, ['packages']).filter(({ path }) => /^packages\/[^/]+\/src\//.test(path))
const { codes, findings } = compareErrorCodes(sources, readFileSync(new URL(`../${PAGE}`, import.meta.url), 'utf8'))

for (const { path, line, what, instead } of findings) console.error(`${path ?? PAGE}:${line}  ${what}: ${instead}`)
console.log(`errors: ${codes.size} codes, ${findings.length} findings`)
process.exitCode = findings.length === 0 ? 0 : 1
