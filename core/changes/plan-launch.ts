import type { Launch } from '../../contract/models/launch.ts'
import type { ImageFacts, Place } from './facts.ts'
import { note } from './note.ts'
import type { Plan } from './plan.ts'
import { call, MARK_TAG, type Step, wait } from './step.ts'

export interface LaunchFacts {
  readonly place: Place
  readonly mark: string
  readonly image: ImageFacts
  /** Of the key that is imported: a line as authorized_keys has it. */
  readonly publicKey?: string | undefined
  /** For a new group: this computer's, as the internet sees it, and the VPC of the subnet that was chosen. */
  readonly address?: string | undefined
  readonly vpcId?: string | undefined
  readonly free: boolean
}

/** What has to be there first, the instance, and the wait until it can be connected to and its host keys are known. */
export function planLaunch(launch: Launch, { mark, image, publicKey, address, vpcId, free }: LaunchFacts): Plan {
  const { name, type, key, group, subnetId, diskGiB, userData } = launch
  const tags = [
    { Key: 'Name', Value: name },
    { Key: MARK_TAG, Value: mark },
  ]
  const GroupId = '$GROUP'
  const before: Step[] = [
    // In base64, as the CLI has it and a file can hold it.
    ...(key.kind === 'import' && publicKey
      ? [call('ImportKeyPair', { KeyName: key.name, PublicKeyMaterial: Buffer.from(publicKey).toString('base64') as never })]
      : []),
    ...(group.kind === 'new' && address
      ? [
          call(
            'CreateSecurityGroup',
            {
              GroupName: group.name,
              Description: `SSH for ${name}`.replace(/[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, '_').slice(0, 255),
              ...(vpcId ? { VpcId: vpcId } : {}),
              TagSpecifications: [{ ResourceType: 'security-group' as const, Tags: tags }],
            },
            { name: 'GROUP', path: 'GroupId' },
          ),
          call('AuthorizeSecurityGroupIngress', {
            GroupId,
            IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: `${address}/32`, Description: 'SSH' }] }],
          }),
        ]
      : []),
  ]
  const run = call(
    'RunInstances',
    {
      ImageId: image.id,
      InstanceType: type as never,
      MinCount: 1,
      MaxCount: 1,
      KeyName: key.name,
      SecurityGroupIds: group.kind === 'new' ? [GroupId] : [...group.ids],
      ...(subnetId ? { SubnetId: subnetId } : {}),
      BlockDeviceMappings: [{ DeviceName: image.rootDevice, Ebs: { VolumeSize: diskGiB, VolumeType: 'gp3', DeleteOnTermination: true } }],
      MetadataOptions: { HttpTokens: 'required' },
      ...(userData ? { UserData: Buffer.from(userData).toString('base64') } : {}),
      TagSpecifications: [
        { ResourceType: 'instance', Tags: tags },
        { ResourceType: 'volume', Tags: tags },
      ],
      ClientToken: mark,
    },
    { name: 'INSTANCE', path: 'Instances[0].InstanceId' },
  )
  return {
    steps: [...before, run, wait('instance-running', '$INSTANCE'), wait('host-keys', '$INSTANCE')],
    undo: { kind: 'terminate' },
    notes: [
      note(free ? 'launch-costs-free' : 'launch-costs', { type, size: String(diskGiB) }),
      ...(group.kind === 'new' && address ? [note('new-group', { name: group.name, address })] : []),
      ...(key.kind === 'import' ? [note('imports-key', { name: key.name })] : []),
      note('tokens-required'),
    ],
  }
}
