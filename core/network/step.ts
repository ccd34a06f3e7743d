import type { RuleContent, RuleDirection } from '../../contract/models/network.ts'

/** One call that changes a security group. */
export type Step =
  | {
      readonly kind: 'authorize'
      readonly direction: RuleDirection
      readonly groupId: string
      readonly rules: readonly RuleContent[]
      /** Marks rules that Mooring removes again, so that they are found even when their ids were never heard. */
      readonly mark?: string | undefined
    }
  | {
      readonly kind: 'modify'
      readonly direction: RuleDirection
      readonly groupId: string
      readonly ruleId: string
      readonly rule: RuleContent
    }
  | { readonly kind: 'revoke'; readonly direction: RuleDirection; readonly groupId: string; readonly ruleIds: readonly string[] }

export const MARK_TAG = 'mooring:ends'

/** EC2's name of the call. */
export function actionName(step: Step): string {
  if (step.kind === 'modify') return 'ModifySecurityGroupRules'
  const side = step.direction === 'inbound' ? 'Ingress' : 'Egress'
  return `${step.kind === 'authorize' ? 'Authorize' : 'Revoke'}SecurityGroup${side}`
}

/** EC2's IpPermission, one for each rule. */
export function ipPermissions(rules: readonly RuleContent[]) {
  return rules.map(({ protocol, fromPort, toPort, peer, description }) => {
    const described = description ? { Description: description } : {}
    return {
      IpProtocol: protocol,
      ...(protocol === '-1' ? {} : { FromPort: fromPort ?? -1, ToPort: toPort ?? -1 }),
      ...(peer.kind === 'ipv4' ? { IpRanges: [{ CidrIp: peer.cidr, ...described }] } : {}),
      ...(peer.kind === 'ipv6' ? { Ipv6Ranges: [{ CidrIpv6: peer.cidr, ...described }] } : {}),
      ...(peer.kind === 'group' ? { UserIdGroupPairs: [{ GroupId: peer.groupId, ...described }] } : {}),
      ...(peer.kind === 'prefix-list' ? { PrefixListIds: [{ PrefixListId: peer.prefixListId, ...described }] } : {}),
    }
  })
}

/** EC2's SecurityGroupRuleUpdate. */
export function ruleUpdate(ruleId: string, { protocol, fromPort, toPort, peer, description }: RuleContent) {
  return {
    SecurityGroupRuleId: ruleId,
    SecurityGroupRule: {
      IpProtocol: protocol,
      ...(protocol === '-1' ? {} : { FromPort: fromPort ?? -1, ToPort: toPort ?? -1 }),
      ...(peer.kind === 'ipv4' ? { CidrIpv4: peer.cidr } : {}),
      ...(peer.kind === 'ipv6' ? { CidrIpv6: peer.cidr } : {}),
      ...(peer.kind === 'group' ? { ReferencedGroupId: peer.groupId } : {}),
      ...(peer.kind === 'prefix-list' ? { PrefixListId: peer.prefixListId } : {}),
      ...(description ? { Description: description } : {}),
    },
  }
}

export function tagSpecifications(mark: string) {
  return [{ ResourceType: 'security-group-rule' as const, Tags: [{ Key: MARK_TAG, Value: mark }] }]
}
