import { buildPage } from './build-page.js'

const built = await buildPage(new URL('../dist/page/', import.meta.url))
for (const { name, bytes, packedBytes } of built) console.log(`page: ${name} ${bytes} bytes, ${packedBytes} compressed`)
