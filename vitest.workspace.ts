import { defineConfig } from 'vitest/config'

/** Tests run on the sources of every package: no build is needed between an edit and a test. */
const source = { resolve: { conditions: ['@tranchebook/source'] }, ssr: { resolve: { conditions: ['@tranchebook/source'] } } }

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['packages/*/{src,test}/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
      },
    ],
  },
})
