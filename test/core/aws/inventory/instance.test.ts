import { describe, expect, test } from 'vitest'
import { instance } from '../../../../contract/models/instance.ts'
import { toInstance } from '../../../../core/aws/inventory/instance.ts'

const place = { profile: 'prod', region: 'eu-west-1' }
const owner = { OwnerId: '123456789012' }

describe('a row for an instance of EC2’s', () => {
  test('has all that EC2 says of it', () => {
    const ec2 = {
      InstanceId: 'i-0123456789abcdef0',
      State: { Name: 'stopped', Code: 80 },
      StateReason: { Message: 'Client.UserInitiatedShutdown: User initiated shutdown' },
      InstanceType: 't3.micro',
      Placement: { AvailabilityZone: 'eu-west-1a' },
      PublicIpAddress: '203.0.113.5',
      PublicDnsName: 'ec2-203-0-113-5.eu-west-1.compute.amazonaws.com',
      PrivateIpAddress: '10.0.0.5',
      NetworkInterfaces: [{ Ipv6Addresses: [{ Ipv6Address: '2001:db8::5' }] }],
      PlatformDetails: 'Linux/UNIX',
      Architecture: 'arm64',
      ImageId: 'ami-1',
      KeyName: 'course',
      LaunchTime: new Date('2026-01-02T03:04:05Z'),
      VpcId: 'vpc-1',
      SubnetId: 'subnet-1',
      SecurityGroups: [{ GroupId: 'sg-1', GroupName: 'web' }],
      Tags: [
        { Key: 'Name', Value: 'web-1' },
        { Key: 'Team', Value: 'storefront' },
      ],
    } as const
    expect(toInstance(ec2 as never, owner, place)).toEqual({
      ref: { ...place, instanceId: 'i-0123456789abcdef0' },
      accountId: '123456789012',
      name: 'web-1',
      state: 'stopped',
      stateReason: 'Client.UserInitiatedShutdown: User initiated shutdown',
      type: 't3.micro',
      publicAddress: '203.0.113.5',
      privateAddress: '10.0.0.5',
      ipv6Address: '2001:db8::5',
      publicName: 'ec2-203-0-113-5.eu-west-1.compute.amazonaws.com',
      zone: 'eu-west-1a',
      windows: false,
      platform: 'Linux/UNIX',
      architecture: 'arm64',
      imageId: 'ami-1',
      keyName: 'course',
      launchedAt: '2026-01-02T03:04:05.000Z',
      vpcId: 'vpc-1',
      subnetId: 'subnet-1',
      securityGroups: [{ id: 'sg-1', name: 'web' }],
      tags: { Name: 'web-1', Team: 'storefront' },
    })
  })

  test('is a row of the contract even when EC2 says next to nothing', () => {
    const row = toInstance({ InstanceId: 'i-1', State: { Name: 'running' } }, {}, place)
    expect(instance.parse(row)).toEqual(row)
    expect(row).not.toHaveProperty('publicAddress')
  })

  test.each([{}, { InstanceId: 'i-1' }, { State: { Name: 'running' } }, { InstanceId: 'i-1', State: { Name: 'on holiday' } }])(
    'is none for %o',
    (ec2) => {
      expect(toInstance(ec2 as never, owner, place)).toBeUndefined()
    },
  )

  test.each([
    [{ Platform: 'windows' }, true],
    [{ PlatformDetails: 'Windows with SQL Server Web' }, true],
    [{ PlatformDetails: 'Red Hat Enterprise Linux' }, false],
  ])('knows Windows: %o', (platform, windows) => {
    expect(toInstance({ InstanceId: 'i-1', State: { Name: 'running' }, ...platform } as never, owner, place)?.windows).toBe(windows)
  })

  test('keeps tags from being more than text on a line', () => {
    const Tags = [
      { Key: 'Name', Value: `a\u202egnp.exe\n\u001b[31mred${'x'.repeat(500)}` },
      { Key: '__proto__', Value: 'polluted' },
    ]
    const row = toInstance({ InstanceId: 'i-1', State: { Name: 'running' }, Tags }, owner, place)
    expect(row?.name).toMatch(/^a gnp\.exe \[31mredx+…$/)
    expect(row?.name).toHaveLength(256)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.hasOwn(row?.tags ?? {}, '__proto__')).toBe(true)
  })
})
