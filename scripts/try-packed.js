import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { packPackages } from './packed/pack-packages.js'

/**
 * `npm run try:packed [-- --node PATH]`: installs the packages as they would be published into an empty project, and runs there what the
 * README shows: its bot as a module and with `require`, the command line, and the demo. Needs a build.
 */
const flag = process.argv.indexOf('--node')
const node = flag < 0 ? process.execPath : (process.argv[flag + 1] ?? process.execPath)
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const shown = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]
if (shown === undefined) throw new Error('expected a bot in README.md, in a block of ts')

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-blank-'))
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

const command = join(folder, 'node_modules/tranchebook/bin/tranchebook.js')
expectText('the command line', run(node, [command, '--version']), /^\d+\.\d+\.\d+\n$/)
const demo = run(node, [command, 'demo', '--headless', '--json', '--duration', '5', '--directory', 'demo'])
expectText('the demo', demo, /^\{"url":"http.*\n\{"agreement":\[(?!.*"agrees":false).*\n$/)
rmSync(folder, { recursive: true })
