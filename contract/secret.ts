import { z } from 'zod'

/** Marks what may only travel from the page to the core. A test walks every output schema and fails on it. */
export const secret = z
  .string()
  .min(1)
  .max(64 * 1024)
  .meta({ secret: true })
