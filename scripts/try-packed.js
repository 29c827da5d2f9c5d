import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { packPackages } from './packed/pack-packages.js'

/**
 * `npm run try:packed [-- --node PATH]`: installs the packages as they would be published into an empty project, and runs there what the
 * README shows: its bot as a module and with `require`, the command line, and the demo. What docs/library.md shows is compiled there against
 * the packed types, as a module and as CommonJS; what docs/closing-rules.md shows, as modules, with the library it says it needs. Needs a build.
 */
const flag = process.argv.indexOf('--node')
const node = flag < 0 ? process.execPath : (process.argv[flag + 1] ?? process.execPath)
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const shown = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]
if (shown === undefined) throw new Error('expected a bot in README.md, in a block of ts')

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-blank-'))
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true })
})
/** @param {string} file @param {readonly string[]} args */
const run = (file, args) => execFileSync(file, args, { cwd: folder, encoding: 'utf8', timeout: 300_000 })
/** @param {string} what @param {string} text @param {RegExp} expected */
const expectText = (what, text, expected) => {
  if (!expected.test(text)) throw new Error(`${what}: expected ${expected}, got ${text}`)
  console.log(`ok  ${what}`)
}

const files = packPackages(folder).map(({ file }) => file)
writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'blank', private: true }))
run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...files])
console.log(`${run(node, ['--version']).trim()}: ${files.length} packages in an empty project`)

const module = transformSync(shown, { loader: 'ts', format: 'esm' }).code
const required = module.replace(/import \{([^}]*)\} from "tranchebook";/, 'const {$1} = require("tranchebook");')
writeFileSync(join(folder, 'bot.mjs'), module)
writeFileSync(join(folder, 'bot.cjs'), `void (async () => {\n${required}\n})()\n`)
const story = /^T1 LONG 0\.01 at .* opened\nT1 is closed at .*\n$/
expectText("the README's bot as a module", run(node, ['bot.mjs']), story)
expectText("the README's bot with require", run(node, ['bot.cjs']), story)

const root = fileURLToPath(new URL('..', import.meta.url))
/** @param {string} page */
const snippetsOf = (page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
const snippets = snippetsOf('docs/library.md')
writeFileSync(join(folder, 'bot.mts'), shown)
for (const [index, code] of snippets.entries())
  for (const ending of ['mts', 'cts']) writeFileSync(join(folder, `library-${index + 1}.${ending}`), code)
const compilerOptions = {
  target: 'ES2022',
  module: 'NodeNext',
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
}
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts', '*.cts'] }))
const tsc = join(root, 'node_modules/typescript/bin/tsc')
expectText(
  `types of the bot and of ${snippets.length} snippets, strict, in both kinds of modules`,
  run(node, [tsc]),
  /^$/,
)
const [profitFirst = '', ...uses] = snippetsOf('docs/closing-rules.md')
mkdirSync(join(folder, 'rules'))
writeFileSync(join(folder, 'rules/profit-first.mts'), profitFirst)
for (const [index, code] of uses.entries())
  writeFileSync(join(folder, `rules/use-${index + 1}.mts`), code.replace('./profit-first.js', './profit-first.mjs'))
const withLibrary = { compilerOptions: { ...compilerOptions, lib: ['ES2023'] }, include: ['*.mts'] }
writeFileSync(join(folder, 'rules/tsconfig.json'), JSON.stringify(withLibrary))
expectText(`types of ${uses.length + 1} snippets of closing rules`, run(node, [tsc, '-p', 'rules']), /^$/)
const keepsLaws =
  "require('@tranchebook/testkit').checkClosingRule(require('@tranchebook/core').BUILT_IN_CLOSING_RULES.LIFO)"
expectText('the testkit with require', run(node, ['-e', `${keepsLaws}; console.log('kept')`]), /^kept\n$/)

const command = join(folder, 'node_modules/tranchebook/bin/tranchebook.js')
expectText('the command line', run(node, [command, '--version']), /^\d+\.\d+\.\d+\n$/)
const demo = run(node, [command, 'demo', '--headless', '--json', '--duration', '5', '--directory', 'demo'])
expectText('the demo', demo, /^\{"url":"http.*\n\{"agreement":\[(?!.*"agrees":false).*\n$/)
