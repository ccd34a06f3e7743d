import type { SecurityGroup } from '../machines/network.ts'
import { vpcOf } from '../machines/network.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { findGroup } from './ec2-security-group-changes.ts'
import { derivedId } from './instance-element.ts'
import type { Query } from './query.ts'
import { readTagSpecification } from './tag-specification.ts'

/** VPC's quota "Security groups per network interface". */
const GROUPS_PER_INTERFACE = 5

export function createSecurityGroup({ network, fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const [name, description] = [query.text('GroupName') ?? '', query.text('GroupDescription') ?? '']
  const vpcId = query.text('VpcId') ?? vpcOf(region) ?? ''
  if (!name || !description)
    throw new AwsError('MissingParameter', `The request must contain the parameter ${name ? 'GroupDescription' : 'GroupName'}`)
  checkText('groupName', name)
  checkText('groupDescription', description)
  if (/^sg-/i.test(name))
    throw new AwsError('InvalidParameterValue', `Value (${name}) for parameter GroupName is invalid. sg-* is a reserved name.`)
  if (vpcId !== vpcOf(region)) throw new AwsError('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`)
  if (network.groups(region).some((group) => group.name === name))
    throw new AwsError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`)
  if (query.flag('DryRun')) return {}
  const { id, tags } = network.addGroup({ name, description, vpcId, region, tags: readTagSpecification(query, 'security-group') })
  return {
    groupId: id,
    securityGroupArn: `arn:aws:ec2:${region}:${fleet.accountId}:security-group/${id}`,
    tagSet: Object.entries(tags).map(([key, value]) => ({ key, value })),
  }
}

/** Not while anything uses it, or a rule of another one names it. */
export function deleteSecurityGroup({ network, fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const group = findGroup({ network }, query.text('GroupId'), region)
  if (group.name === 'default')
    throw new AwsError('CannotDelete', `the specified group: "${group.id}" name: "default" cannot be deleted by a user`)
  const used =
    fleet.machines.some((machine) => network.around(machine).groups.some(({ id }) => id === group.id)) ||
    network.rules.some(({ groupId, peer }) => groupId !== group.id && peer.kind === 'group' && peer.groupId === group.id)
  if (used) throw new AwsError('DependencyViolation', `resource ${group.id} has a dependent object`)
  if (query.flag('DryRun')) return {}
  network.removeGroup(group.id)
  return { return: true, groupId: group.id }
}

/** ModifyNetworkInterfaceAttribute, of which only the groups can be changed here. */
export function attachGroups(account: Account, query: Query, region: string): ReturnType<Action> {
  const id = query.text('NetworkInterfaceId') ?? ''
  const machine = account.fleet.machines.find((each) => each.spec.region === region && derivedId('eni', each) === id)
  if (!machine) throw new AwsError('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`)
  const groups: readonly SecurityGroup[] = query.list('SecurityGroupId').map((groupId) => findGroup(account, groupId, region))
  if (groups.length === 0) throw new AwsError('MissingParameter', 'No attributes specified.')
  if (groups.length > GROUPS_PER_INTERFACE)
    throw new AwsError('SecurityGroupsPerInterfaceLimitExceeded', 'The maximum number of security groups per interface has been reached.')
  if (query.flag('DryRun')) return {}
  machine.groups = groups.map(({ id: groupId, name }) => ({ id: groupId, name }))
  account.rulesChanged()
  return { return: true }
}

/** EC2 API Reference, CreateSecurityGroup: for a VPC. */
function checkText(parameter: string, text: string) {
  if (/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(text)) return
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${text}) for parameter ${parameter} is invalid. Character sets beyond ASCII are not supported.`,
  )
}
