import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'coverage', 'reports'])
const SOURCE = /\.(ts|tsx|js|mjs|cjs)$/

/**
 * @typedef {object} SourceFile
 * @property {string} path Relative to the repository, with forward slashes.
 * @property {string} text
 * @property {readonly string[]} lines
 */

/**
 * A file to check, from its path and text.
 * @param {string} path
 * @param {string} text
 * @returns {SourceFile}
 */
export const sourceFile = (path, text) => ({ path, text, lines: text.split('\n') })

/**
 * Every source file below the given folders of the repository, in a stable order. A folder may be missing.
 * @param {string} root
 * @param {readonly string[]} folders
 * @returns {SourceFile[]}
 */
export const readSourceFiles = (root, folders) =>
  folders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap(listFiles)
    .filter((path) => SOURCE.test(path))
    .map((path) => sourceFile(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')))

/**
 * @param {string} folder
 * @returns {string[]}
 */
const listFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !SKIPPED_FOLDERS.has(entry.name) && !entry.name.startsWith('.'))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? listFiles(path) : [path]
    })
