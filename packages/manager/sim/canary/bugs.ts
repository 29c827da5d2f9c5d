import type { Bug } from './bug.js'
import { FILL_BUGS } from './fill-bugs.js'
import { ORDER_BUGS } from './order-bugs.js'
import { PORT_BUGS } from './port-bugs.js'
import { RULE_BUGS } from './rule-bugs.js'

/** Every planted bug. */
export const BUGS: readonly Bug[] = [...FILL_BUGS, ...ORDER_BUGS, ...RULE_BUGS, ...PORT_BUGS]
