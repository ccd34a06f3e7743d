/** US dollars an hour on demand in us-east-1, Linux: AWS's own, as they were when this was written. */
const linux: Readonly<Record<string, number>> = {
  't2.small': 0.023,
  't3.nano': 0.0052,
  't3.micro': 0.0104,
  't3.small': 0.0208,
  't3.medium': 0.0416,
  't3.large': 0.0832,
  'm6i.large': 0.096,
  'm6i.xlarge': 0.192,
  'c6i.large': 0.085,
  'c6i.xlarge': 0.17,
  'r6i.large': 0.126,
  'r6i.xlarge': 0.252,
  't4g.nano': 0.0042,
  't4g.micro': 0.0084,
  't4g.small': 0.0168,
  't4g.medium': 0.0336,
  'm6g.large': 0.077,
  'r6g.medium': 0.0504,
  'r6g.large': 0.1008,
}
/** What Windows costs more, by type. */
const windows: Readonly<Record<string, number>> = {
  't3.micro': 0.0092,
  't3.small': 0.0184,
  't3.medium': 0.0184,
  't3.large': 0.0276,
  'm6i.large': 0.092,
  'c6i.large': 0.092,
  'r6i.large': 0.092,
}
/** About how much dearer the other regions are. */
const factors: Readonly<Record<string, number>> = { 'us-east-1': 1, 'eu-west-1': 1.1, 'sa-east-1': 1.6 }
const VOLUMES: Readonly<Record<string, number>> = { gp3: 0.08, gp2: 0.1, st1: 0.045 }

/** A product of the price list: what it is, and what a unit of it costs. */
export interface Product {
  readonly family: string
  readonly attributes: Readonly<Record<string, string>>
  readonly unit: 'Hrs' | 'GB-Mo'
  readonly price: number
}

export const products: readonly Product[] = Object.entries(factors).flatMap(([regionCode, factor]) => [
  ...Object.entries(linux).map(([type, price]) => computer(regionCode, type, 'Linux', 'RunInstances', price * factor)),
  ...Object.entries(windows).map(([type, more]) =>
    computer(regionCode, type, 'Windows', 'RunInstances:0002', ((linux[type] ?? 0) + more) * factor),
  ),
  ...Object.entries(VOLUMES).map(
    ([volumeApiName, price]): Product => ({
      family: 'Storage',
      attributes: { regionCode, volumeApiName, servicecode: 'AmazonEC2' },
      unit: 'GB-Mo',
      price: price * factor,
    }),
  ),
])

function computer(regionCode: string, instanceType: string, operatingSystem: string, operation: string, price: number): Product {
  const constant = { tenancy: 'Shared', preInstalledSw: 'NA', capacitystatus: 'Used', servicecode: 'AmazonEC2', marketoption: 'OnDemand' }
  return {
    family: 'Compute Instance',
    attributes: { ...constant, regionCode, instanceType, operatingSystem, operation },
    unit: 'Hrs',
    price,
  }
}
