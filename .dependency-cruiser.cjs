const { existsSync, readFileSync, readdirSync } = require('node:fs')
const { join } = require('node:path')

/** `packages`: which package may import which. `coreRooms`: which room of core/src may import which; `errors.ts` is open to all. */
const { packages: PACKAGES, coreRooms: CORE_ROOMS } = require('./scripts/layers.json')

const CORE_DEPENDENCIES = ['decimal.js', 'immer', '@noble/hashes']
const TESTS = '[.](test|test-d|bench)[.]ts$|^packages/[^/]+/(test|bench|sim|chaos)/'
const SOURCES = '^packages/[^/]+/src/'

const anyOf = (names) => `(${names.map((name) => name.replaceAll('.', '[.]')).join('|')})`

/** The files a package opens to others: the targets of its `exports`. */
const doorsOf = (folder) => {
  const manifest = join(__dirname, 'packages', folder, 'package.json')
  if (!existsSync(manifest)) return []
  const { exports: entries = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
  return Object.values(entries)
    .map((entry) => entry['@tranchebook/source'])
    .filter((source) => source !== undefined)
    .map((source) => join('packages', folder, source).replaceAll('\\', '/'))
}

const folders = readdirSync(join(__dirname, 'packages'))
const doors = folders.flatMap(doorsOf)

const packageRules = Object.entries(PACKAGES).flatMap(([name, allowed]) => {
  const rule = (suffix, from, reachable) => ({
    name: `${name}-imports-only-${suffix}`,
    comment: `packages/${name} may import ${reachable.join(', ') || 'no other package'}. Turn the dependency round: define a port here and let the other side implement it.`,
    severity: 'error',
    from,
    to: { path: '^packages/', pathNot: `^packages/${anyOf([name, ...reachable])}/` },
  })
  const inside = `^packages/${name}/`
  return [
    rule('lower-packages', { path: inside, pathNot: TESTS }, allowed),
    rule('lower-packages-in-tests', { path: `${inside}.*(${TESTS.replaceAll('^', '')})` }, [
      ...new Set([...allowed, 'testkit']),
    ]),
  ]
})

const roomRules = Object.entries(CORE_ROOMS).map(([room, allowed]) => ({
  name: `core-${room}-imports-only-earlier-rooms`,
  comment: `core/src/${room} may import ${allowed.join(', ') || 'no other room'} and errors.ts: the loop flows one way. Move the shared part to the earliest room that needs it.`,
  severity: 'error',
  from: { path: `^packages/core/src/${room}/`, pathNot: TESTS },
  to: { path: '^packages/core/src/', pathNot: `^packages/core/src/(${anyOf([room, ...allowed])}/|errors[.]ts$)` },
}))

const onlyFrom = (dependency, file) => ({
  name: `${dependency.replaceAll(/[^a-z]/g, '-')}-has-one-importer`,
  comment: `${dependency} is imported in ${file} only. Use what that file exports.`,
  severity: 'error',
  from: { path: '^packages/core/src/', pathNot: `^${file.replaceAll('.', '[.]')}$|${TESTS}` },
  to: { path: `(^|/)node_modules/${dependency.replaceAll('.', '[.]')}/` },
})

module.exports = {
  forbidden: [
    ...packageRules,
    ...roomRules,
    {
      name: 'packages-are-known',
      comment: 'A new package needs its line in scripts/layers.json: say what it may import.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/${anyOf(Object.keys(PACKAGES))}/` },
      to: {},
    },
    {
      name: 'through-the-door',
      comment:
        'Import another package by its name, through its door or a declared subpath: never one of its inner files.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: {
        path: '^packages/',
        pathNot: ['^packages/$1/', ...doors.map((door) => `^${door.replaceAll('.', '[.]')}$`)],
      },
    },
    {
      name: 'by-name',
      comment: 'Import another package by its name, not by a relative path.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypesNot: ['aliased-workspace'] },
    },
    {
      name: 'core-dependencies',
      comment: `The core depends on ${CORE_DEPENDENCIES.join(', ')} only: it must run anywhere and replay to the same bytes.`,
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: TESTS },
      to: { path: 'node_modules/', pathNot: `node_modules/${anyOf(CORE_DEPENDENCIES)}/` },
    },
    {
      name: 'core-is-pure',
      comment: 'The core imports nothing of Node: no I/O, no clock, no randomness.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    onlyFrom('decimal.js', 'packages/core/src/money/decimal.ts'),
    onlyFrom('immer', 'packages/core/src/evolve/evolve.ts'),
    {
      name: 'errors-are-free',
      comment: 'core/src/errors.ts is imported by every room, so it imports none.',
      severity: 'error',
      from: { path: '^packages/core/src/errors[.]ts$' },
      to: { path: '^packages/' },
    },
    {
      name: 'inside-not-through-own-door',
      comment: 'A file inside a package imports its neighbours directly, not through the door of its own package.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/', pathNot: `${TESTS}|^packages/[^/]+/src/index[.]ts$` },
      to: { path: '^packages/$1/src/index[.]ts$' },
    },
    {
      name: 'no-tests-in-sources',
      comment: 'A source file may not import a test.',
      severity: 'error',
      from: { path: SOURCES, pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or share a third. Type imports count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'This import points nowhere: check the spelling, the `.js` ending and the dependency in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // The page is bundled, not imported; its own tsconfig keeps it to the browser and to the dashboard's API types.
    exclude: { path: '^packages/[^/]+/(dist|bin)/|^packages/dashboard/page/' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@tranchebook/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
}
