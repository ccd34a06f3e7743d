import type { MachineSpec, SecurityGroupName } from './catalog.ts'

export interface Rule {
  readonly protocol: 'tcp' | '-1'
  readonly port?: number
  readonly from?: string
  readonly fromIpv6?: string
  readonly description?: string
}
export interface SecurityGroup {
  readonly id: string
  readonly name: SecurityGroupName
  readonly region: string
  readonly vpcId: string
  readonly description: string
  readonly ingress: readonly Rule[]
}

const vpcs: Readonly<Record<string, string>> = {
  'us-east-1': 'vpc-0a1f4c8e2b6d9073e',
  'eu-west-1': 'vpc-0b7e3d9a5c1f8264d',
  'sa-east-1': 'vpc-0c2d8f6b4e9a7150f',
}
const anywhere = { from: '0.0.0.0/0', fromIpv6: '::/0' } as const
const rules: Readonly<Record<SecurityGroupName, { readonly description: string; readonly ingress: readonly Rule[] }>> = {
  default: { description: 'default VPC security group', ingress: [{ protocol: '-1' }] },
  'ssh-open': {
    description: 'SSH and web',
    ingress: [
      { protocol: 'tcp', port: 22, ...anywhere, description: 'SSH' },
      { protocol: 'tcp', port: 443, ...anywhere },
    ],
  },
  'web-only': { description: 'Web, no SSH', ingress: [{ protocol: 'tcp', port: 443, ...anywhere, description: 'HTTPS' }] },
  'windows-rdp': { description: 'Remote desktop from the office', ingress: [{ protocol: 'tcp', port: 3389, from: '192.0.2.0/24' }] },
}

export function networkOf(spec: MachineSpec): { readonly vpcId: string; readonly subnetId: string } {
  const vpcId = vpcs[spec.region] ?? ''
  return { vpcId, subnetId: `subnet-0${vpcId.slice(5, 20)}${spec.zone}` }
}

export function securityGroupId(region: string, name: SecurityGroupName): string {
  const index = Object.keys(rules).indexOf(name)
  return `sg-0${(vpcs[region] ?? '').slice(5, 20)}${index}`
}

export function securityGroups(region: string): readonly SecurityGroup[] {
  const vpcId = vpcs[region]
  if (!vpcId) return []
  return (Object.keys(rules) as SecurityGroupName[]).map((name) => ({
    id: securityGroupId(region, name),
    name,
    region,
    vpcId,
    ...rules[name],
  }))
}
