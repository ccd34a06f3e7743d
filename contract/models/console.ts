import { z } from 'zod'

/** What an instance printed, as plain text: no control characters but line ends and tabs. The last 64 KiB that AWS keeps. */
export const consoleLog = z.object({
  text: z.string(),
  /** ISO 8601; absent where AWS does not say. */
  at: z.string().optional(),
  /** As of now; else of shortly after its last start (instances that are not on Nitro). */
  latest: z.boolean(),
})

/** A JPEG, in base64. */
export const consoleScreenshot = z.object({
  image: z
    .string()
    .max(8_000_000)
    .regex(/^[A-Za-z0-9+/]+=*$/),
})
