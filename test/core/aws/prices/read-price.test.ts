import { expect, test } from 'vitest'
import { readPrice } from '../../../../core/aws/prices/read-price.ts'

const wanted = { instanceType: 't3.medium', regionCode: 'us-east-1' }
const attributes = { ...wanted, operatingSystem: 'Linux', preInstalledSw: 'NA' }
const offer = (dimensions: unknown) => ({ OnDemand: { 'SKU.OFFER': { priceDimensions: dimensions } } })
const hourly = (pricePerUnit: unknown) => offer({ 'SKU.OFFER.RATE': { unit: 'Hrs', pricePerUnit } })
const text = (terms: unknown, own: object = attributes) =>
  JSON.stringify({ product: { productFamily: 'Compute Instance', attributes: own }, serviceCode: 'AmazonEC2', terms })

test.each<[string, readonly string[], unknown]>([
  ['the hour', [text(hourly({ USD: '0.0416000000' }))], { amount: 0.0416, currency: 'USD', system: 'Linux' }],
  ['in China', [text(hourly({ CNY: '0.3220000000' }))], { amount: 0.322, currency: 'CNY', system: 'Linux' }],
  [
    'with software of AWS in it',
    [text(hourly({ USD: '0.5' }), { ...attributes, operatingSystem: 'Windows', preInstalledSw: 'SQL Std' })],
    { amount: 0.5, currency: 'USD', system: 'Windows, SQL Std' },
  ],
  [
    'the first that costs something',
    [text(hourly({ USD: '0' })), text(hourly({ USD: '0.1' }))],
    { amount: 0.1, currency: 'USD', system: 'Linux' },
  ],
  ['of another type', [text(hourly({ USD: '0.0416' }), { ...attributes, instanceType: 'x2.large' })], undefined],
  ['in another unit', [text(offer({ RATE: { unit: 'Quantity', pricePerUnit: { USD: '2' } } }))], undefined],
  ['reserved only', [text({ Reserved: {} })], undefined],
  ['no number', [text(hourly({ USD: '1e9' })), text(hourly({ USD: '-1' })), text(hourly({ USD: 'NaN' }))], undefined],
  ['not a currency', [text(hourly({ '<img>': '1' }))], undefined],
  ['not JSON', ['{', '', 'null', '[]', '"x"'], undefined],
  ['of another shape', [JSON.stringify({ product: { attributes: 1 }, terms: [] })], undefined],
])('of the price list: %s', (_name, texts, price) => {
  expect(readPrice(texts, wanted, 'Hrs')).toEqual(price)
})
test('a volume costs what its first gibibytes cost', () => {
  const steps = {
    MORE: { unit: 'GB-Mo', beginRange: '1000', pricePerUnit: { USD: '0.01' } },
    FIRST: { unit: 'GB-Mo', beginRange: '0', pricePerUnit: { USD: '0.08' } },
  }
  const storage = JSON.stringify({ product: { productFamily: 'Storage', attributes: { volumeApiName: 'gp3' } }, terms: offer(steps) })
  expect(readPrice([storage], { productFamily: 'Storage', volumeApiName: 'gp3' }, 'GB-Mo')).toEqual({
    amount: 0.08,
    currency: 'USD',
    system: '',
  })
})
