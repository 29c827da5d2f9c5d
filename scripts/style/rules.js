import layers from '../layers.json' with { type: 'json' }

/**
 * @typedef {import('./source-files.js').SourceFile} SourceFile
 * @typedef {{ line: number, what: string, instead: string }} Finding
 * @typedef {(file: SourceFile) => Finding[]} Rule
 */

const FILE_NAME =
  /^[a-z0-9]+(-[a-z0-9]+)*(\.config|\.workspace)?(\.(property|model|integration|e2e))?(\.(test|test-d|bench))?\.(ts|tsx|js|mjs|cjs)$/
const FOLDER_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/
const EMPTY_WORDS = new Set(['handle', 'handler', 'process', 'util', 'utils', 'helper', 'helpers', 'misc'])
const EMPTY_NAME =
  /^export (?:async )?(?:function|const|class|type|interface) ((?:handle|process|util|helper|misc)[A-Z]\w*)/
const ENUM = /^\s*(?:export )?(?:declare )?(?:const )?enum \w/
const DIVIDER = /^\s*(?:\/\/|\/?\*+)\s*[-=*#~_─━]{3,}/
const MACHINE_PATH = /(?:^|['"`\s(=:])(\/(?:work|tmp|home|root|Users)\/[\w./-]+)/
const MONEY_AS_NUMBER =
  /\b(\w*(?:price|quantity|amount|fee|cost|pnl|notional|margin|funding|balance|equity|proceeds)\w*)\??: (?:readonly )?number\b/i
const PLAIN_NUMBER_NAME = /(?:percent|count|decimals|digits|places|ms|at|time|index|version)$/i
const STAR_EXPORT = /^export (?:type )?\*/
const PAGE_WITHOUT_ADDRESS = /(?:^|[\s'"`(])(docs\/[\w/-]+\.(?:md|json))/
const TEST = /\.(test|test-d|bench)\.ts$/

/**
 * @param {SourceFile} file
 * @param {(line: string) => Omit<Finding, 'line'> | undefined} look
 * @returns {Finding[]}
 */
const eachLine = (file, look) =>
  file.lines.flatMap((text, index) => {
    const found = look(text)
    return found === undefined ? [] : [{ line: index + 1, ...found }]
  })

/** @param {string} text */
const isComment = (text) => /^\s*(?:\/\/|\*|\/\*)/.test(text)

/** @type {Rule} */
const fileNames = ({ path }) => {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const wrongFolder = parts.slice(0, -1).find((folder) => !FOLDER_NAME.test(folder))
  if (wrongFolder !== undefined) {
    return [
      { line: 1, what: `folder «${wrongFolder}»`, instead: 'name folders in kebab-case, with a word of the domain' },
    ]
  }
  if (!FILE_NAME.test(name)) {
    return [
      { line: 1, what: `file name «${name}»`, instead: 'use kebab-case and a known suffix: name.property.test.ts' },
    ]
  }
  const empty = name.split(/[.-]/).find((word) => EMPTY_WORDS.has(word))
  if (empty === undefined) return []
  return [{ line: 1, what: `file name with «${empty}»`, instead: 'name the file after the noun or verb it exports' }]
}

/** @type {Rule} */
const exportedNames = (file) =>
  eachLine(file, (text) => {
    const name = EMPTY_NAME.exec(text)?.[1]
    if (name === undefined) return undefined
    return {
      what: `exported name «${name}»`,
      instead: 'use a house verb: decide, evolve, plan, parse, format, translate, …',
    }
  })

/** @type {Rule} */
const coreRooms = ({ path }) => {
  const [room, ...rest] = path.replace('packages/core/src/', '').split('/')
  if (!path.startsWith('packages/core/src/') || room === undefined) return []
  if (rest.length === 0) {
    if (['index.ts', 'errors.ts'].includes(room)) return []
    return [
      {
        line: 1,
        what: 'a file outside every room',
        instead: `move it into one of ${Object.keys(layers.coreRooms).join(', ')}`,
      },
    ]
  }
  if (room in layers.coreRooms) return []
  return [{ line: 1, what: `unknown room «${room}»`, instead: 'use a room of scripts/layers.json, or add one there' }]
}

/** @type {Rule} */
const moneyIsExact = (file) => {
  if (!file.path.startsWith('packages/core/src/') || TEST.test(file.path)) return []
  return eachLine(file, (text) => {
    const name = isComment(text) ? undefined : MONEY_AS_NUMBER.exec(text)?.[1]
    if (name === undefined || PLAIN_NUMBER_NAME.test(name)) return undefined
    return {
      what: `«${name}» is a number`,
      instead: 'use Price, Quantity, Money or Percent inside, a decimal string outside',
    }
  })
}

/** @type {Rule} */
const noEnums = (file) =>
  eachLine(file, (text) =>
    ENUM.test(text) ? { what: 'an enum', instead: "use a union of literals: type Side = 'LONG' | 'SHORT'" } : undefined,
  )

/** @type {Rule} */
const noDividers = (file) =>
  eachLine(file, (text) =>
    DIVIDER.test(text)
      ? { what: 'a divider', instead: 'split the file: a section that needs a title is a file' }
      : undefined,
  )

/** @type {Rule} */
const noMachinePaths = (file) =>
  eachLine(file, (text) => {
    const path = MACHINE_PATH.exec(text)?.[1]
    if (path === undefined) return undefined
    return {
      what: `the path «${path}» of one machine`,
      instead: 'compute it from import.meta.url, os.tmpdir() or an option',
    }
  })

/** @type {Rule} */
const explicitDoors = (file) =>
  eachLine(file, (text) =>
    STAR_EXPORT.test(text) ? { what: 'export *', instead: 'list the names: a door shows what it opens' } : undefined,
  )

/** @type {Rule} */
const pagesHaveAddresses = (file) => {
  if (!/^packages\/[^/]+\/(?:src|page)\//.test(file.path) || TEST.test(file.path)) return []
  return eachLine(file, (text) => {
    const page = isComment(text) ? undefined : PAGE_WITHOUT_ADDRESS.exec(text)?.[1]
    if (page === undefined) return undefined
    return { what: `«${page}», which installed packages do not hold`, instead: 'name it by DOCS_URL' }
  })
}

/** @type {readonly Rule[]} */
export const rules = [
  fileNames,
  exportedNames,
  coreRooms,
  moneyIsExact,
  noEnums,
  noDividers,
  noMachinePaths,
  explicitDoors,
  pagesHaveAddresses,
]
