import { createHash } from 'node:crypto'
import { type Product, products } from '../machines/prices.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import type { Query } from './query.ts'

/** The Price List API (API Reference, 2017-10-15). Each product is a JSON text within the JSON. */
export const pricingActions: Readonly<Record<string, Action>> = { GetProducts: getProducts }

function getProducts(_account: Account, query: Query): ReturnType<Action> {
  if (query.text('ServiceCode') !== 'AmazonEC2') throw new AwsError('NotFoundException', 'Invalid service code.')
  if (Number(query.text('MaxResults') ?? 100) > 100) throw new AwsError('InvalidParameterException', 'MaxResults must be 100 or less.')
  const filters = query.structures('Filters').map((filter) => {
    if (filter.text('Type') !== 'TERM_MATCH') throw new AwsError('InvalidParameterException', 'The filter type is not known.')
    return { field: filter.text('Field') ?? '', value: filter.text('Value') ?? '' }
  })
  const wanted = products.filter(({ family, attributes }) =>
    filters.every(({ field, value }) => (field === 'productFamily' ? family : attributes[field]) === value),
  )
  const most = Number(query.text('MaxResults') ?? 100)
  const from = Number(query.text('NextToken') ?? 0)
  return {
    FormatVersion: 'aws_v1',
    PriceList: wanted.slice(from, from + most).map(asText),
    ...(from + most < wanted.length ? { NextToken: String(from + most) } : {}),
  }
}

/** As AWS's own file has it: the price is deep inside, under names made of the product's and the offer's. */
function asText({ family, attributes, unit, price }: Product): string {
  const sku = createHash('sha256').update(JSON.stringify(attributes)).digest('hex').slice(0, 16).toUpperCase()
  const offer = `${sku}.JRTCKXETXF`
  const dimension = {
    unit,
    endRange: 'Inf',
    beginRange: '0',
    description: `$${price.toFixed(4)} per ${unit}`,
    appliesTo: [],
    rateCode: `${offer}.6YS6EN2CT7`,
    pricePerUnit: { USD: price.toFixed(10) },
  }
  return JSON.stringify({
    product: { productFamily: family, attributes, sku },
    serviceCode: 'AmazonEC2',
    terms: {
      OnDemand: {
        [offer]: {
          priceDimensions: { [dimension.rateCode]: dimension },
          sku,
          effectiveDate: '2026-11-01T00:00:00Z',
          offerTermCode: 'JRTCKXETXF',
          termAttributes: {},
        },
      },
    },
    version: '20261101000000',
    publicationDate: '2026-11-01T00:00:00Z',
  })
}
