import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Bundles the page into dist/page: one script, one style sheet, named by their content, and the document that loads them. */
const here = new URL('./', import.meta.url)
const target = new URL('../dist/page/', import.meta.url)
const MOST_SCRIPT_BYTES = 150 * 1024

/**
 * @param {string} file
 * @returns {string}
 */
const place = (file) => fileURLToPath(new URL(file, here))

const { outputFiles } = await build({
  entryPoints: { page: place('main.tsx'), style: place('style/page.css') },
  bundle: true,
  minify: true,
  write: false,
  outdir: 'assets',
  format: 'esm',
  target: ['es2022'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  conditions: ['@tranchebook/source'],
  legalComments: 'none',
  logLevel: 'warning',
})

await rm(target, { recursive: true, force: true })
await mkdir(new URL('assets/', target), { recursive: true })

/** @type {Record<string, string>} */
const names = {}
for (const { path, contents } of outputFiles) {
  const [stem = '', extension = ''] = basename(path).split('.')
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 12)
  names[stem] = `assets/${stem}-${hash}.${extension}`
  await writeFile(new URL(names[stem], target), contents)
  const packed = gzipSync(contents).length
  console.log(`page: ${names[stem]} ${contents.length} bytes, ${packed} compressed`)
  if (extension === 'js' && packed > MOST_SCRIPT_BYTES) {
    throw new Error(`the script has ${packed} bytes compressed, more than ${MOST_SCRIPT_BYTES}: import less`)
  }
}

const [document, icon] = await Promise.all([readFile(place('index.html'), 'utf8'), readFile(place('icon.svg'))])
const iconName = `assets/icon-${createHash('sha256').update(icon).digest('hex').slice(0, 12)}.svg`
await writeFile(new URL(iconName, target), icon)
await writeFile(
  new URL('index.html', target),
  document
    .replace('style/page.css', `/${names['style']}`)
    .replace('main.tsx', `/${names['page']}`)
    .replace('icon.svg', `/${iconName}`),
)
