/**
 * @typedef {import('./source-files.js').SourceFile} SourceFile
 * @typedef {import('./rules.js').Finding & { path: string }} PlacedFinding
 */

const DOOR = /^packages\/[^/]+\/src\/index\.ts$/
const DOOR_EXPORT = /export (?:type )?\{([^}]*)\} from '(\.[^']+)\.js'/g

/**
 * What a package door exports must say what it is: every name that an `index.ts` re-exports has a doc comment where it is declared.
 * @param {readonly SourceFile[]} files
 * @returns {PlacedFinding[]}
 */
export const undocumentedExports = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return files
    .filter(({ path }) => DOOR.test(path))
    .flatMap((door) =>
      [...door.text.matchAll(DOOR_EXPORT)].flatMap(([, names = '', from = '']) => {
        const target = byPath.get(door.path.replace('index.ts', from.replace('./', '') + '.ts'))
        return target === undefined ? [] : names.split(',').flatMap((name) => undocumented(target, name))
      }),
    )
}

/**
 * @param {SourceFile} file
 * @param {string} specifier
 * @returns {PlacedFinding[]}
 */
const undocumented = (file, specifier) => {
  const name = /^(?:type )?(\w+)/.exec(specifier.trim())?.[1]
  if (name === undefined) return []
  const declaration = new RegExp(
    `^export (?:declare |abstract |async )*(?:function\\*? ?|const |class |type |interface )${name}\\b`,
  )
  const index = file.lines.findIndex((text) => declaration.test(text))
  if (index < 0 || (file.lines[index - 1] ?? '').trimEnd().endsWith('*/')) return []
  const what = `public «${name}» without a doc comment`
  return [
    { path: file.path, line: index + 1, what, instead: 'say in one sentence what it is: units, sign, rounding, null' },
  ]
}
