import { writeFile } from 'node:fs/promises'
import { ladderPicture, PICTURE } from './pictures/ladder-picture.js'

await writeFile(PICTURE, await ladderPicture())
console.log('drawn: docs/images/ladder.svg')
