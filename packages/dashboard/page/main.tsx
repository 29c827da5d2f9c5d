import { render } from 'preact'
import { listenToKeys } from './keyboard.js'
import { Page } from './page.js'
import { createApiClient } from './state/api-client.js'
import { PageState } from './state/page-state.js'

const root = document.getElementById('page')
if (root === null) throw new Error('the document has no #page: serve the built index.html')

const state = new PageState(createApiClient(globalThis.fetch.bind(globalThis)), globalThis.location.hash)
state.start(globalThis.window)
listenToKeys(state, document)
render(<Page state={state} />, root)
