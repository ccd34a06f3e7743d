import { z } from 'zod'
import { plainText } from '../plain-text.ts'

/** AWS Price List API, `aws_v1`: the part of it that a price is read from. */
const product = z.object({
  product: z.object({ productFamily: z.string().optional(), attributes: z.record(z.string(), z.string()) }),
  terms: z.object({
    OnDemand: z
      .record(
        z.string(),
        z.object({
          priceDimensions: z.record(
            z.string(),
            z.object({
              unit: z.string(),
              beginRange: z.string().optional(),
              pricePerUnit: z.record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d{1,7}(\.\d{1,12})?$/)),
            }),
          ),
        }),
      )
      .optional(),
  }),
})

export interface UnitPrice {
  /** For an hour, or a GiB and month. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
  /** As AWS names it. */
  readonly system: string
}

/**
 * The on-demand price in a list of products (JSON texts), of the first that has the attributes which were asked for: a list that answers
 * something else has no price for us. Pure.
 */
export function readPrice(
  texts: readonly string[],
  wanted: Readonly<Record<string, string>>,
  unit: 'Hrs' | 'GB-Mo',
): UnitPrice | undefined {
  for (const text of texts) {
    const found = parse(text)
    if (!found) continue
    const { attributes, productFamily = '' } = found.product
    if (Object.entries(wanted).some(([name, value]) => (name === 'productFamily' ? productFamily : attributes[name]) !== value)) continue
    const dimensions = Object.values(found.terms.OnDemand ?? {}).flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    for (const { unit: per, beginRange = '0', pricePerUnit } of dimensions) {
      const [currency, amount] = Object.entries(pricePerUnit)[0] ?? []
      if (per !== unit || Number(beginRange) !== 0 || !currency || !(Number(amount) > 0)) continue
      return { amount: Number(amount), currency, system: systemOf(attributes) }
    }
  }
  return undefined
}

/** `NA` is AWS's word for nothing. */
function systemOf({ operatingSystem = '', preInstalledSw = 'NA' }: Readonly<Record<string, string>>): string {
  return plainText(preInstalledSw === 'NA' ? operatingSystem : `${operatingSystem}, ${preInstalledSw}`, 60)
}

function parse(text: string): z.infer<typeof product> | undefined {
  try {
    return product.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
