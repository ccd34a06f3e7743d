import type { Machine, MachineState } from '../machines/machine.ts'
import { WrongState } from '../machines/power.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { createImage, createSnapshots, deleteSnapshot, deregisterImage, describeSnapshots } from './ec2-backups.ts'
import { getConsoleOutput, getConsoleScreenshot } from './ec2-console.ts'
import { copyImage, copySnapshot, modifyImageAttribute, modifySnapshotAttribute } from './ec2-copies.ts'
import { describeImages, describeInstanceImageMetadata } from './ec2-images.ts'
import {
  describeInstanceAttribute,
  modifyInstanceAttribute,
  modifyInstanceMetadataOptions,
  protectedError,
} from './ec2-instance-attributes.ts'
import { describeInstanceTypes } from './ec2-instance-types.ts'
import { describeInstanceStatus, describeInstances, findMachines } from './ec2-instances.ts'
import { describeKeyPairs, importKeyPair } from './ec2-key-pairs.ts'
import { describeSubnets, runInstances } from './ec2-launch.ts'
import {
  describeManagedPrefixLists,
  describeNetworkInterfaces,
  describeVpcBlockPublicAccessOptions,
  getManagedPrefixListEntries,
} from './ec2-networks.ts'
import { getPasswordData } from './ec2-password.ts'
import { createReplaceRootVolumeTask, describeReplaceRootVolumeTasks } from './ec2-replace-root.ts'
import { authorize, modifyRules, revoke } from './ec2-security-group-changes.ts'
import { attachGroups, createSecurityGroup, deleteSecurityGroup } from './ec2-security-group-lives.ts'
import { describeSecurityGroupRules, describeSecurityGroups } from './ec2-security-groups.ts'
import { describeNetworkAcls, describeRouteTables } from './ec2-subnets.ts'
import { createTags, deleteTags } from './ec2-tags.ts'
import { attachVolume, createVolume, deleteVolume, describeVolumes, detachVolume } from './ec2-volumes.ts'
import { hasSerialConsole } from './instance-connect.ts'
import { stateElement } from './instance-element.ts'
import type { Query } from './query.ts'
import { disabledRegions, enabledRegions } from './regions.ts'

export const ec2Actions: Readonly<Record<string, Action>> = {
  DescribeRegions: (_account, query) => describeRegions(query),
  DescribeInstances: describeInstances,
  DescribeInstanceStatus: describeInstanceStatus,
  DescribeInstanceImageMetadata: describeInstanceImageMetadata,
  DescribeImages: describeImages,
  DescribeKeyPairs: describeKeyPairs,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSecurityGroupRules: describeSecurityGroupRules,
  AuthorizeSecurityGroupIngress: authorize(false),
  AuthorizeSecurityGroupEgress: authorize(true),
  ModifySecurityGroupRules: modifyRules,
  RevokeSecurityGroupIngress: revoke(false),
  RevokeSecurityGroupEgress: revoke(true),
  CreateSecurityGroup: createSecurityGroup,
  DeleteSecurityGroup: deleteSecurityGroup,
  ModifyNetworkInterfaceAttribute: attachGroups,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeRouteTables: describeRouteTables,
  DescribeNetworkAcls: describeNetworkAcls,
  DescribeManagedPrefixLists: describeManagedPrefixLists,
  GetManagedPrefixListEntries: getManagedPrefixListEntries,
  DescribeVpcBlockPublicAccessOptions: describeVpcBlockPublicAccessOptions,
  GetConsoleOutput: getConsoleOutput,
  GetConsoleScreenshot: getConsoleScreenshot,
  GetPasswordData: getPasswordData,
  GetSerialConsoleAccessStatus: (_account, _query, region) => ({ serialConsoleAccessEnabled: hasSerialConsole(region) }),
  StartInstances: (account, query, region) => changeState(account, query, region, (machine) => account.power.start(machine)),
  StopInstances: (account, query, region) => {
    const kept = findMachines(account.fleet, region, query.list('InstanceId')).find((machine) => machine.protectedFrom.stop)
    if (kept && !query.flag('DryRun')) throw protectedError(kept, 'stopped', 'disableApiStop')
    return changeState(account, query, region, (machine) => account.power.stop(machine))
  },
  TerminateInstances: (account, query, region) => {
    const machines = findMachines(account.fleet, region, query.list('InstanceId'))
    const kept = machines.find((machine) => machine.protectedFrom.termination)
    if (kept && !query.flag('DryRun')) throw protectedError(kept, 'terminated', 'disableApiTermination')
    return changeState(account, query, region, (machine) => account.power.terminate(machine))
  },
  DescribeInstanceAttribute: describeInstanceAttribute,
  ModifyInstanceAttribute: modifyInstanceAttribute,
  ModifyInstanceMetadataOptions: modifyInstanceMetadataOptions,
  DescribeInstanceTypes: describeInstanceTypes,
  CreateImage: createImage,
  CreateSnapshots: createSnapshots,
  DescribeSnapshots: describeSnapshots,
  DescribeVolumes: describeVolumes,
  DeregisterImage: deregisterImage,
  DeleteSnapshot: deleteSnapshot,
  CreateVolume: createVolume,
  AttachVolume: attachVolume,
  DetachVolume: detachVolume,
  DeleteVolume: deleteVolume,
  CreateReplaceRootVolumeTask: createReplaceRootVolumeTask,
  DescribeReplaceRootVolumeTasks: describeReplaceRootVolumeTasks,
  CopyImage: copyImage,
  CopySnapshot: copySnapshot,
  ModifyImageAttribute: modifyImageAttribute,
  ModifySnapshotAttribute: modifySnapshotAttribute,
  CreateTags: createTags,
  DeleteTags: deleteTags,
  RunInstances: runInstances,
  DescribeSubnets: describeSubnets,
  ImportKeyPair: importKeyPair,
  RebootInstances: (account, query, region) => {
    changeState(account, query, region, (machine) => account.power.reboot(machine))
    return { return: true }
  },
}

function describeRegions(query: Query): ReturnType<Action> {
  const names = query.list('RegionName')
  const all = [
    ...enabledRegions.map((name) => ({ name, status: 'opt-in-not-required' })),
    ...(query.flag('AllRegions') ? disabledRegions.map((name) => ({ name, status: 'not-opted-in' })) : []),
  ]
  const unknown = names.find((name) => !all.some((region) => region.name === name))
  if (unknown) throw new AwsError('InvalidParameterValue', `Invalid region names: [${unknown}]`)
  return {
    regionInfo: all
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map(({ name, status }) => ({ regionName: name, regionEndpoint: `ec2.${name}.amazonaws.com`, optInStatus: status })),
  }
}

function changeState({ fleet }: Account, query: Query, region: string, change: (machine: Machine) => MachineState): ReturnType<Action> {
  const ids = query.list('InstanceId')
  if (ids.length === 0) throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId')
  const machines = findMachines(fleet, region, ids)
  if (query.flag('DryRun')) return {}
  return {
    instancesSet: machines.map((machine) => {
      const before = attempt(() => change(machine))
      return { instanceId: machine.spec.instanceId, currentState: stateElement(machine.state), previousState: stateElement(before) }
    }),
  }
}

function attempt(change: () => MachineState): MachineState {
  try {
    return change()
  } catch (error) {
    if (error instanceof WrongState) throw new AwsError('IncorrectInstanceState', error.message)
    throw error
  }
}
