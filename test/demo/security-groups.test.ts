import { readFile } from 'node:fs/promises'
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  GetManagedPrefixListEntriesCommand,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, describe, expect, it } from 'vitest'
import { ssh, usePractice } from './practice.ts'

const practice = usePractice()
const shopEu = 'i-0f6a2d9b4e7c13852'
const client = () => practice.client({ region: 'eu-west-1' })
afterEach(() => practice.cloud.clearFaults())

async function groupId(name: string): Promise<string> {
  const { SecurityGroups } = await client().send(new DescribeSecurityGroupsCommand({ GroupNames: [name] }))
  return SecurityGroups?.[0]?.GroupId ?? ''
}
const ssh22 = (CidrIp: string, Description?: string): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp, ...(Description ? { Description } : {}) }],
})
async function allow(permission: IpPermission, name = 'web-only') {
  const GroupId = await groupId(name)
  const { SecurityGroupRules } = await client().send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }))
  return SecurityGroupRules ?? []
}
async function revoke(ids: (string | undefined)[], name = 'web-only') {
  const SecurityGroupRuleIds = ids.map((id) => id ?? '')
  await client().send(new RevokeSecurityGroupIngressCommand({ GroupId: await groupId(name), SecurityGroupRuleIds }))
}
async function mapped(address: string): Promise<boolean> {
  return new RegExp(`Host ${address.replaceAll('.', '\\.')} `).test(await readFile(practice.cloud.sshConfigFile, 'utf8'))
}

describe('security group rules', () => {
  it('decide whether a machine can be reached', async () => {
    expect(await mapped('203.0.113.111')).toBe(false)
    const [rule] = await allow(ssh22('192.0.2.77/32', 'Mooring: tester, 2026-11-25'))
    await expect.poll(() => mapped('203.0.113.111')).toBe(true)
    expect(await ssh(practice, 'practice-rsa', 'ec2-user@203.0.113.111', 'echo in')).toMatchObject({ code: 0, out: 'in\n' })
    await practice.cloud.setVisitor('198.51.100.200')
    expect(await mapped('203.0.113.111')).toBe(false)
    await practice.cloud.setVisitor('192.0.2.77')
    await revoke([rule?.SecurityGroupRuleId])
    await expect.poll(() => mapped('203.0.113.111')).toBe(false)
  })

  it('let in through a prefix list, not through a group', async () => {
    const [group] = await allow({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, UserIdGroupPairs: [{ GroupId: await groupId('default') }] })
    const { Entries } = await client().send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-0b7e3d9a5c1f8264d' }))
    expect(Entries?.[0]?.Cidr).toBe('192.0.2.0/24')
    expect(await mapped('203.0.113.111')).toBe(false)
    const [list] = await allow({ IpProtocol: 'tcp', FromPort: 0, ToPort: 1024, PrefixListIds: [{ PrefixListId: 'pl-0b7e3d9a5c1f8264d' }] })
    await expect.poll(() => mapped('203.0.113.111')).toBe(true)
    await revoke([group?.SecurityGroupRuleId, list?.SecurityGroupRuleId])
  })

  it('come back as EC2 gives them, addresses without the bits behind the prefix', async () => {
    const permission = { ...ssh22('198.51.100.77/24', 'office'), Ipv6Ranges: [{ CidrIpv6: '2001:db8::1/32' }] }
    const added = await allow(permission)
    const { SecurityGroupRules } = await client().send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: added.map((rule) => rule.SecurityGroupRuleId ?? '') }),
    )
    expect(SecurityGroupRules).toMatchObject([
      { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '198.51.100.0/24', Description: 'office' },
      { CidrIpv6: '2001:db8::/32' },
    ])
    await revoke(added.map((rule) => rule.SecurityGroupRuleId))
  })

  it('are changed by id', async () => {
    const [rule] = await allow(ssh22('198.51.100.1/32'))
    const SecurityGroupRuleId = rule?.SecurityGroupRuleId ?? ''
    const wanted = { IpProtocol: 'tcp', FromPort: 22, ToPort: 23, CidrIpv4: '198.51.100.2/32', Description: 'moved' }
    await client().send(
      new ModifySecurityGroupRulesCommand({
        GroupId: await groupId('web-only'),
        SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule: wanted }],
      }),
    )
    const { SecurityGroupRules } = await client().send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [SecurityGroupRuleId] }),
    )
    expect(SecurityGroupRules).toMatchObject([wanted])
    await revoke([SecurityGroupRuleId])
  })

  it('are refused as EC2 refuses them', async () => {
    const GroupId = await groupId('web-only')
    const refusal = async (permission: IpPermission, more: object = {}) =>
      client()
        .send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission], ...more }))
        .then(
          () => 'accepted',
          (error: Error) => error.name,
        )
    const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
    expect(await refusal(https)).toBe('InvalidPermission.Duplicate')
    expect(await refusal(ssh22('198.51.100.300/32'))).toBe('InvalidParameterValue')
    expect(await refusal(ssh22('198.51.100.3/32', 'quoted “so”'))).toBe('InvalidParameterValue')
    expect(await refusal({ ...https, FromPort: 500, ToPort: 400 })).toBe('InvalidParameterValue')
    expect(await refusal(ssh22('198.51.100.3/32'), { GroupId: 'sg-0123456789abcdef0' })).toBe('InvalidGroup.NotFound')
    expect(await refusal(ssh22('198.51.100.3/32'), { DryRun: true })).toBe('DryRunOperation')
    const many = { ...https, IpRanges: Array.from({ length: 60 }, (_, index) => ({ CidrIp: `198.51.100.${index}/32` })) }
    expect(await refusal(many)).toBe('RulesPerSecurityGroupLimitExceeded')
    const gone = client().send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: ['sgr-0123456789abcdef0'] }))
    await expect(gone).rejects.toMatchObject({ name: 'InvalidSecurityGroupRuleId.NotFound' })
    await practice.cloud.fail({ action: 'AuthorizeSecurityGroupIngress', code: 'UnauthorizedOperation' })
    expect(await refusal(ssh22('198.51.100.3/32'), { DryRun: true })).toBe('UnauthorizedOperation')
  })

  it('go out as well as in', async () => {
    const { SecurityGroupRules } = await client().send(
      new AuthorizeSecurityGroupEgressCommand({ GroupId: await groupId('web-only'), IpPermissions: [ssh22('198.51.100.4/32')] }),
    )
    expect(SecurityGroupRules).toMatchObject([{ IsEgress: true, FromPort: 22 }])
  })
})

it('says how a packet comes to a machine', async () => {
  const { NetworkInterfaces } = await client().send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'attachment.instance-id', Values: [shopEu] }] }),
  )
  const [{ VpcId = '', SubnetId = '', Groups = [], Attachment } = {}] = NetworkInterfaces ?? []
  expect({ groups: Groups.map(({ GroupName }) => GroupName), of: Attachment?.InstanceId }).toEqual({ groups: ['web-only'], of: shopEu })
  const { RouteTables } = await client().send(new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }))
  expect(RouteTables?.[0]?.Routes).toContainEqual(expect.objectContaining({ DestinationCidrBlock: '0.0.0.0/0', State: 'active' }))
  const { NetworkAcls } = await client().send(
    new DescribeNetworkAclsCommand({ Filters: [{ Name: 'association.subnet-id', Values: [SubnetId] }] }),
  )
  expect(NetworkAcls?.[0]?.Entries).toHaveLength(8)
  const { VpcBlockPublicAccessOptions } = await client().send(new DescribeVpcBlockPublicAccessOptionsCommand({}))
  expect(VpcBlockPublicAccessOptions?.InternetGatewayBlockMode).toBe('off')
})

it('tells whoever asks from where they come, and does not ask who they are', async () => {
  const response = await fetch(`${practice.endpoint}/address`)
  expect(await response.text()).toBe('192.0.2.77\n')
})
