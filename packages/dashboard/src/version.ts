/** Version of this package, as `package.json` states it; a test keeps both in step. */
export const VERSION = '0.1.0'
