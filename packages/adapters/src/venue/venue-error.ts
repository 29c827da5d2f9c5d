import { TranchebookError } from '@tranchebook/core'

/** A venue could not be asked or did not answer in a way that says something. `details` holds no secret. */
export class VenueError extends TranchebookError {}
