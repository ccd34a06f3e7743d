import type { NetworkInterface as Ec2Interface, NetworkAclEntry, Route, SecurityGroupRule } from '@aws-sdk/client-ec2'
import type { RulePeer } from '../../../contract/models/network.ts'
import { canonicalCidr } from '../../network/cidr.ts'
import type { AclEntry, NetworkInterface, RouteFacts, RuleFacts } from '../../network/network-calls.ts'
import { MARK_TAG } from '../../network/step.ts'
import { plainText } from '../plain-text.ts'

/** The SDK's shapes as facts of ours; undefined for what is none. */
export function readRule(rule: SecurityGroupRule): RuleFacts | undefined {
  const { SecurityGroupRuleId: id, GroupId: groupId, IpProtocol = '-1', FromPort, ToPort } = rule
  const peer = readPeer(rule)
  if (!id || !groupId || !peer) return undefined
  const mark = rule.Tags?.find(({ Key }) => Key === MARK_TAG)?.Value
  return {
    id,
    groupId,
    direction: rule.IsEgress ? 'outbound' : 'inbound',
    protocol: plainText(IpProtocol, 10),
    ...(IpProtocol === '-1' || FromPort === undefined ? {} : { fromPort: FromPort }),
    ...(IpProtocol === '-1' || ToPort === undefined ? {} : { toPort: ToPort }),
    peer,
    description: plainText(rule.Description ?? '', 255),
    ...(mark ? { mark } : {}),
  }
}

function readPeer({ CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo }: SecurityGroupRule): RulePeer | undefined {
  const cidr = canonicalCidr(CidrIpv4 || CidrIpv6 || '')
  if (cidr) return { kind: cidr.version, cidr: cidr.cidr }
  if (PrefixListId) return { kind: 'prefix-list', prefixListId: plainText(PrefixListId, 64) }
  if (ReferencedGroupInfo?.GroupId) return { kind: 'group', groupId: plainText(ReferencedGroupInfo.GroupId, 64) }
  return undefined
}

export function readInterface(each: Ec2Interface): NetworkInterface | undefined {
  const { NetworkInterfaceId: id, SubnetId: subnetId = '', VpcId: vpcId = '', Attachment, Groups = [] } = each
  if (!id) return undefined
  const addresses = each.PrivateIpAddresses ?? []
  const present = (values: readonly (string | undefined)[]) => [...new Set(values.filter((value) => value !== undefined))]
  return {
    id,
    subnetId,
    vpcId,
    groupIds: Groups.flatMap(({ GroupId }) => GroupId ?? []),
    ...(Attachment?.InstanceId ? { instanceId: Attachment.InstanceId } : {}),
    description: plainText(each.Description ?? '', 255),
    deviceIndex: Attachment?.DeviceIndex ?? 0,
    publicAddresses: present([each.Association?.PublicIp, ...addresses.map(({ Association }) => Association?.PublicIp)]),
    ipv6Addresses: present((each.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address)),
    privateAddresses: present([each.PrivateIpAddress, ...addresses.map(({ PrivateIpAddress }) => PrivateIpAddress)]),
  }
}

export function readRoute(route: Route): RouteFacts | undefined {
  const cidr = canonicalCidr(route.DestinationCidrBlock || route.DestinationIpv6CidrBlock || '')
  const target =
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.EgressOnlyInternetGatewayId ??
    route.NetworkInterfaceId ??
    ''
  return cidr && { cidr: cidr.cidr, target: plainText(target, 64), active: route.State !== 'blackhole' }
}

export function readAclEntry(entry: NetworkAclEntry): AclEntry | undefined {
  const cidr = canonicalCidr(entry.CidrBlock || entry.Ipv6CidrBlock || '')
  if (!cidr || entry.RuleNumber === undefined) return undefined
  return {
    number: entry.RuleNumber,
    egress: entry.Egress === true,
    protocol: plainText(entry.Protocol ?? '-1', 10),
    allow: entry.RuleAction === 'allow',
    cidr: cidr.cidr,
    fromPort: entry.PortRange?.From,
    toPort: entry.PortRange?.To,
  }
}
