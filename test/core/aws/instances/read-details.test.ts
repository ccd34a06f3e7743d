import type { Instance } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'
import type { DetailCode } from '../../../../contract/models/instance-details.ts'
import { readDetails } from '../../../../core/aws/instances/read-details.ts'

const said = (ec2: Instance, code: DetailCode) =>
  readDetails(ec2, undefined, {})
    .filter((detail) => detail.code === code)
    .map(({ value }) => value)

test.each<[what: string, Instance, DetailCode, readonly string[]]>([
  ['what is off is a no', { Monitoring: { State: 'disabled' } }, 'monitoring', ['no']],
  ['what is on is a yes', { Monitoring: { State: 'enabled' } }, 'monitoring', ['yes']],
  ['what is under way stays', { Monitoring: { State: 'disabling' } }, 'monitoring', ['disabling']],
  ['no metadata', { MetadataOptions: { HttpEndpoint: 'disabled', HttpTokens: 'optional' } }, 'metadata', ['no']],
  ['metadata without tokens', { MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'optional' } }, 'metadata', ['IMDSv1, IMDSv2']],
  ['metadata with tokens', { MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required' } }, 'metadata', ['IMDSv2']],
  ['tags in it', { MetadataOptions: { InstanceMetadataTags: 'disabled' } }, 'metadataTags', ['no']],
  ['what is not there takes no line', {}, 'keyPair', []],
  [
    'each disk has a line',
    { BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeId: 'vol-1' } }, { DeviceName: '/dev/sdb' }] },
    'disk',
    ['/dev/sda1 (vol-1)', '/dev/sdb'],
  ],
])('%s', (_what, ec2, code, values) => expect(said(ec2, code)).toEqual(values))
