import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const MOST_SCRIPT_BYTES = 150 * 1024

/**
 * @typedef {object} BuiltFile
 * @property {string} name Below the directory, with the hash of its content.
 * @property {number} bytes
 * @property {number} packedBytes As gzip sends it.
 */

/**
 * @param {string} file
 * @returns {string}
 */
const place = (file) => fileURLToPath(new URL(file, import.meta.url))

/**
 * @param {string} file
 * @param {Uint8Array} contents
 * @returns {string}
 */
const hashedName = (file, contents) => {
  const [stem = '', extension = ''] = basename(file).split('.')
  return `assets/${stem}-${createHash('sha256').update(contents).digest('hex').slice(0, 12)}.${extension}`
}

/** @type {import('esbuild').BuildOptions & { readonly write: false }} */
const OPTIONS = {
  bundle: true,
  write: false,
  outdir: 'assets',
  format: 'esm',
  target: ['es2022'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  conditions: ['@tranchebook/source'],
  legalComments: 'none',
  logLevel: 'warning',
}

const bundle = () =>
  build({ ...OPTIONS, minify: true, entryPoints: { page: place('main.tsx'), style: place('style/page.css') } })

/**
 * Loads a module of the page outside of a browser.
 * @param {string} file Below this directory.
 * @returns {Promise<unknown>}
 */
export const loadModule = async (file) => {
  const { outputFiles } = await build({ ...OPTIONS, platform: 'node', entryPoints: [place(file)] })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`)
}

/**
 * Bundles the page into a directory that it empties first: one script, one style sheet and an icon, named by their content, and the
 * document that loads them.
 * @param {URL} directory Ends in a slash.
 * @returns {Promise<readonly BuiltFile[]>}
 */
export const buildPage = async (directory) => {
  const { outputFiles } = await bundle()
  const icon = { path: 'icon.svg', contents: await readFile(place('icon.svg')) }
  await rm(directory, { recursive: true, force: true })
  await mkdir(new URL('assets/', directory), { recursive: true })
  let document = await readFile(place('index.html'), 'utf8')
  /** @type {BuiltFile[]} */
  const built = []
  for (const { path, contents } of [...outputFiles, icon]) {
    const name = hashedName(path, contents)
    const packedBytes = gzipSync(contents).length
    if (name.endsWith('.js') && packedBytes > MOST_SCRIPT_BYTES) {
      throw new Error(`the script has ${packedBytes} bytes compressed, more than ${MOST_SCRIPT_BYTES}: import less`)
    }
    await writeFile(new URL(name, directory), contents)
    document = document
      .replace(`href="${basename(path)}"`, `href="/${name}"`)
      .replace(`src="${basename(path)}"`, `src="/${name}"`)
    built.push({ name, bytes: contents.length, packedBytes })
  }
  await writeFile(new URL('index.html', directory), document)
  return built
}
