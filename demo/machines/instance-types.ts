/** What an instance may be, as DescribeInstanceTypes has it: vCPUs are `cores` times `threads`. */
export interface InstanceType {
  readonly name: string
  readonly architecture: 'x86_64' | 'arm64'
  readonly cores: number
  readonly threads: number
  readonly memoryMiB: number
  readonly free?: true
}

const GIB = 1024
const x86 = (name: string, cores: number, memoryGiB: number, threads = 2): InstanceType => ({
  name,
  architecture: 'x86_64',
  cores,
  threads,
  memoryMiB: memoryGiB * GIB,
})
const arm = (name: string, cores: number, memoryGiB: number): InstanceType => ({ ...x86(name, cores, memoryGiB, 1), architecture: 'arm64' })

export const instanceTypes: readonly InstanceType[] = [
  x86('t2.small', 1, 2, 1),
  x86('t3.nano', 1, 0.5),
  { ...x86('t3.micro', 1, 1), free: true },
  x86('t3.small', 1, 2),
  x86('t3.medium', 1, 4),
  x86('t3.large', 1, 8),
  x86('m6i.large', 1, 8),
  x86('m6i.xlarge', 2, 16),
  x86('c6i.large', 1, 4),
  x86('c6i.xlarge', 2, 8),
  x86('r6i.large', 1, 16),
  x86('r6i.xlarge', 2, 32),
  arm('t4g.nano', 2, 0.5),
  { ...arm('t4g.micro', 2, 1), free: true },
  arm('t4g.small', 2, 2),
  arm('t4g.medium', 2, 4),
  arm('m6g.large', 2, 8),
  arm('r6g.medium', 1, 8),
  arm('r6g.large', 2, 16),
]

export function findInstanceType(name: string): InstanceType | undefined {
  return instanceTypes.find((type) => type.name === name)
}
