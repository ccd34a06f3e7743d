import { type InstanceType, instanceTypes } from '../machines/instance-types.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'

export function describeInstanceTypes(_account: Account, query: Query): ReturnType<Action> {
  const names = query.list('InstanceType')
  const unknown = names.find((name) => !instanceTypes.some((type) => type.name === name))
  if (unknown !== undefined) throw new AwsError('InvalidInstanceType', `The following supplied instance types do not exist: [${unknown}]`)
  if (Number(query.text('MaxResults') ?? 0) > 100)
    throw new AwsError('InvalidParameterValue', 'Value for parameter MaxResults is invalid. Expecting a value between 5 and 100.')
  const wanted = instanceTypes.filter((type) => names.length === 0 || names.includes(type.name))
  const { page, nextToken } = pageOf(applyFilters(wanted, query.filters(), filterable), query)
  return {
    instanceTypeSet: page.map((type) => ({
      instanceType: type.name,
      currentGeneration: !type.name.startsWith('t2'),
      freeTierEligible: type.free ?? false,
      supportedVirtualizationTypes: ['hvm'],
      bareMetal: false,
      hypervisor: type.name.startsWith('t2') ? 'xen' : 'nitro',
      processorInfo: { supportedArchitectures: [type.architecture] },
      vCpuInfo: { defaultVCpus: type.cores * type.threads, defaultCores: type.cores, defaultThreadsPerCore: type.threads },
      memoryInfo: { sizeInMiB: type.memoryMiB },
    })),
    nextToken,
  }
}

const filterable: Filterable<InstanceType> = {
  fields: {
    'instance-type': (type) => type.name,
    'processor-info.supported-architecture': (type) => type.architecture,
    'supported-virtualization-type': () => 'hvm',
    'free-tier-eligible': (type) => String(type.free ?? false),
  },
}
