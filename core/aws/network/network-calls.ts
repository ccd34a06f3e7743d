import { relation } from '../../network/findings.ts'
import type { NetworkCalls, Place } from '../../network/network-calls.ts'
import { actionName, ipPermissions, ruleUpdate, type Step, tagSpecifications } from '../../network/step.ts'
import { isUserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import { plainText } from '../plain-text.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { allPages } from './pages.ts'
import { readAclEntry, readInterface, readRoute, readRule } from './read.ts'

/** EC2's limit for the values of a filter. */
const FILTER_VALUES = 200

export function createNetworkCalls(profiles: Profiles, clients: Clients): NetworkCalls {
  const at = ({ profile, region }: Place) => ({ profile: profiles.open(profile), region })
  const filter = (Name: string, values: readonly string[]) => ({ Filters: [{ Name, Values: values.slice(0, FILTER_VALUES) }] })
  const filtered = (Name: string, values: readonly string[] | 'all') => (values === 'all' ? {} : filter(Name, values))

  async function interfaces(place: Place, Filters: { Filters?: { Name: string; Values: string[] }[] }) {
    const found = await allPages(async (page) => {
      const answer = await clients.ec2(at(place), 'DescribeNetworkInterfaces', (ec2, options) =>
        ec2.describeNetworkInterfaces({ ...Filters, ...page }, options),
      )
      return { items: answer.NetworkInterfaces, next: answer.NextToken }
    })
    return found.flatMap((each) => readInterface(each) ?? [])
  }
  async function rules(place: Place, groupIds: readonly string[] | 'all') {
    if (groupIds.length === 0) return []
    const found = await allPages(async (page) => {
      const answer = await clients.ec2(at(place), 'DescribeSecurityGroupRules', (ec2, options) =>
        ec2.describeSecurityGroupRules({ ...filtered('group-id', groupIds), ...page }, options),
      )
      return { items: answer.SecurityGroupRules, next: answer.NextToken }
    })
    return found.flatMap((rule) => readRule(rule) ?? [])
  }
  async function routeTables(place: Place, Filters: { Name: string; Values: string[] }[]) {
    const { RouteTables } = await clients.ec2(at(place), 'DescribeRouteTables', (ec2, options) =>
      ec2.describeRouteTables({ Filters }, options),
    )
    return RouteTables?.[0]
  }

  return {
    interfacesOf: (ref) => interfaces(ref, filter('attachment.instance-id', [ref.instanceId])),
    interfacesIn: (place, groupIds) => interfaces(place, filtered('group-id', groupIds)),
    async groups(place, by) {
      const found = await allPages(async (page) => {
        const filters = by === 'all' ? {} : 'ids' in by ? filter('group-id', by.ids) : filter('vpc-id', [by.vpcId])
        const answer = await clients.ec2(at(place), 'DescribeSecurityGroups', (ec2, options) =>
          ec2.describeSecurityGroups({ ...filters, ...page }, options),
        )
        return { items: answer.SecurityGroups, next: answer.NextToken }
      })
      return found.map(({ GroupId = '', GroupName = '', Description = '', VpcId = '' }) => ({
        id: GroupId,
        name: plainText(GroupName, 255),
        description: plainText(Description, 255),
        vpcId: VpcId,
      }))
    },
    rules,
    async prefixLists(place) {
      const { PrefixLists = [] } = await clients.ec2(at(place), 'DescribeManagedPrefixLists', (ec2, options) =>
        ec2.describeManagedPrefixLists({ MaxResults: 100 }, options),
      )
      return PrefixLists.map(({ PrefixListId = '', PrefixListName = '' }) => ({ id: PrefixListId, name: plainText(PrefixListName, 255) }))
    },
    async prefixListCidrs(place, id) {
      const entries = await allPages(async ({ NextToken }) => {
        const answer = await clients.ec2(at(place), 'GetManagedPrefixListEntries', (ec2, options) =>
          ec2.getManagedPrefixListEntries({ PrefixListId: id, MaxResults: 100, ...(NextToken ? { NextToken } : {}) }, options),
        )
        return { items: answer.Entries, next: answer.NextToken }
      })
      return entries.flatMap(({ Cidr }) => Cidr ?? [])
    },
    async status(ref) {
      const { InstanceStatuses } = await clients.ec2({ ...at(ref), instanceId: ref.instanceId }, 'DescribeInstanceStatus', (ec2, options) =>
        ec2.describeInstanceStatus({ InstanceIds: [ref.instanceId] }, options),
      )
      const [status] = InstanceStatuses ?? []
      const word = (value: string | undefined) => plainText(value ?? 'not-applicable', 40)
      return (
        status && {
          system: word(status.SystemStatus?.Status),
          instance: word(status.InstanceStatus?.Status),
          disks: word(status.AttachedEbsStatus?.Status),
        }
      )
    },
    async routes(place, { subnetId, vpcId }) {
      const own = await routeTables(place, [{ Name: 'association.subnet-id', Values: [subnetId] }])
      const main = [
        { Name: 'vpc-id', Values: [vpcId] },
        { Name: 'association.main', Values: ['true'] },
      ]
      const table = own ?? (await routeTables(place, main))
      return (table?.Routes ?? []).flatMap((route) => readRoute(route) ?? [])
    },
    async aclEntries(place, subnetId) {
      const { NetworkAcls } = await clients.ec2(at(place), 'DescribeNetworkAcls', (ec2, options) =>
        ec2.describeNetworkAcls(filter('association.subnet-id', [subnetId]), options),
      )
      const [acl] = NetworkAcls ?? []
      return acl && { id: acl.NetworkAclId ?? '', entries: (acl.Entries ?? []).flatMap((entry) => readAclEntry(entry) ?? []) }
    },
    async blockPublicAccess(place) {
      const { VpcBlockPublicAccessOptions } = await clients.ec2(at(place), 'DescribeVpcBlockPublicAccessOptions', (ec2, options) =>
        ec2.describeVpcBlockPublicAccessOptions({}, options),
      )
      return plainText(VpcBlockPublicAccessOptions?.InternetGatewayBlockMode ?? 'off', 40)
    },
    carryOut: (place, step) => send(place, step, false),
    async dryRun(place, step) {
      try {
        await send(place, step, true)
      } catch (error) {
        // How EC2 says yes to a dry run.
        if (isUserError(error, 'AWS_REFUSED') && error.details.awsCode === 'DryRunOperation') return
        throw error
      }
    },
  }

  async function send(place: Place, step: Step, dry: boolean): Promise<readonly string[]> {
    const name = actionName(step)
    const common = { GroupId: step.groupId, ...(dry ? { DryRun: true } : {}) }
    switch (step.kind) {
      case 'authorize': {
        const tags = step.mark === undefined ? {} : { TagSpecifications: tagSpecifications(step.mark) }
        const input = { ...common, IpPermissions: ipPermissions(step.rules), ...tags }
        const { SecurityGroupRules = [] } = await clients.ec2(at(place), name, (ec2, options) =>
          step.direction === 'inbound'
            ? ec2.authorizeSecurityGroupIngress(input, options)
            : ec2.authorizeSecurityGroupEgress(input, options),
        )
        if (dry || SecurityGroupRules.length === step.rules.length)
          return SecurityGroupRules.flatMap(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? [])
        // Some endpoints name the last one only, and without their ids they could not be taken back.
        return (await rules(place, [step.groupId]))
          .filter((rule) => step.rules.some((made) => relation(made, rule) === 'duplicate'))
          .map(({ id }) => id)
      }
      case 'modify': {
        const input = { ...common, SecurityGroupRules: [ruleUpdate(step.ruleId, step.rule)] }
        await clients.ec2(at(place), name, (ec2, options) => ec2.modifySecurityGroupRules(input, options))
        return []
      }
      case 'revoke': {
        const input = { ...common, SecurityGroupRuleIds: [...step.ruleIds] }
        await clients.ec2<unknown>(at(place), name, (ec2, options) =>
          step.direction === 'inbound' ? ec2.revokeSecurityGroupIngress(input, options) : ec2.revokeSecurityGroupEgress(input, options),
        )
        return []
      }
    }
  }
}
