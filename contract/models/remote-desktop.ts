import { z } from 'zod'
import { instanceRef } from './instance.ts'
import { target } from './terminal.ts'

/** `through`: a host that leads to it, by a tunnel; absent: straight there. */
export const desktopWish = z.object({ ref: instanceRef, through: target.optional() })
export type DesktopWish = z.infer<typeof desktopWish>

export const openedDesktop = z.object({
  /** What the client was told to connect to. */
  address: z.string(),
  port: z.int(),
  /** As `mstsc`. */
  client: z.string(),
})
export type OpenedDesktop = z.infer<typeof openedDesktop>
