import { z } from 'zod'

/** Bytes. */
export const MOST_PICTURE_BYTES = 16 * 1024 * 1024
const mediaType = z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml', 'application/pdf'])
export type PictureType = z.infer<typeof mediaType>

/** A picture or pages. Its type is what its bytes say. `data`: base64. */
export const picture = z.object({ mediaType, data: z.base64(), size: z.number() })
export type Picture = z.infer<typeof picture>

/** By a file's name: what is worth a look. */
export function mayBePicture(name: string): boolean {
  return /\.(png|jpe?g|gif|webp|svg|pdf)$/i.test(name)
}
