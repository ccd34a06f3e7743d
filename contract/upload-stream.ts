import { z } from 'zod'

/**
 * The port `upload/<id>`, through which the core reads the files that a page has. The core asks (text), the page answers each
 * question in order with one binary message; what was not asked for is not sent, so nothing piles up on either side.
 */

/** `file`: its place in the list that `transfers.upload` was called with. */
export const readRequest = z.object({ file: z.int().min(0), position: z.number().min(0), length: z.int().min(1) })
export type ReadRequest = z.infer<typeof readRequest>

/** In place of bytes (text): the browser cannot read the file any more; it was changed or removed. */
export const CANNOT_READ = 'cannot-read'
