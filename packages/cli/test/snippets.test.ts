import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { blocksOf, PAGES, readPage, ROOT } from './doc-pages.js'

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-snippets-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Programs and tests that pages quote: what stands in one of them word for word runs there. */
const quoted = ['examples', 'packages']
  .flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) => join(room, path)),
  )
  .filter((path) => /^(examples|packages\/[a-z]+\/test)\/.*\.ts$/.test(path) && !path.includes('node_modules'))
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))

const snippets = PAGES.flatMap((page) =>
  blocksOf(readPage(page))
    .filter(({ language }) => language === 'ts')
    .map(({ code }, index) => ({ file: `${page.replaceAll('/', '-')}-${index + 1}.ts`, code })),
)

const alone = snippets.filter(({ code }) => !quoted.some((text) => text.includes(code.trim())))

/** As in a project of somebody else: everything strict, each snippet a module that stands for itself. */
const OPTIONS = {
  target: 'ES2023',
  module: 'NodeNext',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  moduleDetection: 'force',
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
  customConditions: ['@tranchebook/source'],
}

/** Compiles snippets as one project; gives what the compiler says of each file. */
function compile(): string {
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, include: ['*.ts'] }))
  for (const { file, code } of alone) writeFileSync(join(folder, file), code)
  const { stdout, stderr } = spawnSync('npx', ['tsc', '-p', folder], { cwd: ROOT, encoding: 'utf8' })
  return `${stdout}${stderr}`
}

describe('code that a page shows', () => {
  it('is quoted from a program that runs, or compiles as it stands', { timeout: 120_000 }, () => {
    expect(snippets.length).toBeGreaterThan(15)
    expect(
      compile()
        .split('\n')
        .filter((line) => /^(?!packages).*error TS/.test(line)),
    ).toEqual([])
  })
})
