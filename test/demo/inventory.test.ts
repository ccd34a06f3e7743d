import {
  DescribeImagesCommand,
  DescribeInstanceImageMetadataCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type Filter,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import { instance, usePractice } from './practice.ts'

const practice = usePractice()

describe('the practice account, asked through the AWS SDK', () => {
  it('says who is asking', async () => {
    const { region: _, ...settings } = practice.client().config
    const sts = new STSClient({ region: 'us-east-1', endpoint: practice.endpoint, credentials: settings.credentials })
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/practice',
    })
  })

  it('has three enabled regions and tells of more when asked for all', async () => {
    const { Regions } = await practice.client().send(new DescribeRegionsCommand({}))
    expect(Regions?.map((region) => region.RegionName)).toEqual(['us-east-1', 'eu-west-1', 'sa-east-1'])
    const all = await practice.client().send(new DescribeRegionsCommand({ AllRegions: true }))
    expect(all.Regions?.filter((region) => region.OptInStatus === 'not-opted-in').length).toBeGreaterThan(0)
  })

  it('has a dozen instances, each in its region', async () => {
    const names = await Promise.all(['us-east-1', 'eu-west-1', 'sa-east-1'].map((region) => namesIn(practice.client({ region }))))
    expect(names).toEqual([
      ['web-1', 'web-2', 'db-primary', 'batch', 'cache', 'build-agent'],
      ['staging', 'shop-eu', 'partner-gateway', 'win-report'],
      ['legacy-app', 'sensor-hub'],
    ])
  })

  it('describes an instance as EC2 does', async () => {
    expect(await instance(practice.client(), 'i-0a41c7e92b5d3f801')).toMatchObject({
      InstanceId: 'i-0a41c7e92b5d3f801',
      InstanceType: 't3.micro',
      State: { Code: 16, Name: 'running' },
      PublicIpAddress: '203.0.113.10',
      PublicDnsName: 'ec2-203-0-113-10.compute-1.amazonaws.com',
      PrivateIpAddress: '10.20.1.10',
      PrivateDnsName: 'ip-10-20-1-10.ec2.internal',
      Ipv6Address: '2001:db8:20:1::10',
      Placement: { AvailabilityZone: 'us-east-1a' },
      KeyName: 'practice',
      PlatformDetails: 'Linux/UNIX',
      Architecture: 'x86_64',
      SecurityGroups: [{ GroupName: 'ssh-open' }],
      LaunchTime: expect.any(Date),
    })
    const elsewhere = await instance(practice.client({ region: 'eu-west-1' }), 'i-03e8b5a7c9d1f2460')
    expect(elsewhere.PublicDnsName).toBe('ec2-203-0-113-110.eu-west-1.compute.amazonaws.com')
  })

  it.each<[string, Filter[], string[]]>([
    ['by state', [{ Name: 'instance-state-name', Values: ['stopped'] }], ['batch']],
    ['by a tag', [{ Name: 'tag:Role', Values: ['web'] }], ['web-1', 'web-2']],
    ['by a tag with wildcards', [{ Name: 'tag:Name', Values: ['web-?', 'db*'] }], ['web-1', 'web-2', 'db-primary']],
    ['by the presence of a tag', [{ Name: 'tag-key', Values: ['Backup'] }], ['db-primary']],
    ['by address', [{ Name: 'ip-address', Values: ['203.0.113.20'] }], ['db-primary']],
    [
      'by two filters at once',
      [
        { Name: 'key-name', Values: ['practice'] },
        { Name: 'architecture', Values: ['arm64'] },
      ],
      ['cache'],
    ],
    ['to nothing', [{ Name: 'instance-type', Values: ['x'] }], []],
  ])('filters instances %s', async (_what, Filters, expected) => {
    expect(await namesIn(practice.client(), Filters)).toEqual(expected)
  })

  it('gives pages of the asked size until there are no more', async () => {
    const sizes: (number | undefined)[] = []
    for await (const page of paginateDescribeInstances({ client: practice.client(), pageSize: 5 }, {})) {
      sizes.push(page.Reservations?.length)
    }
    expect(sizes).toEqual([5, 1])
  })

  it('knows the state checks of running instances, and of all when asked', async () => {
    const running = await practice.client().send(new DescribeInstanceStatusCommand({}))
    expect(running.InstanceStatuses).toHaveLength(5)
    expect(running.InstanceStatuses?.[0]).toMatchObject({ SystemStatus: { Status: 'ok' }, InstanceStatus: { Status: 'ok' } })
    const all = await practice.client().send(new DescribeInstanceStatusCommand({ IncludeAllInstances: true }))
    expect(all.InstanceStatuses).toHaveLength(6)
  })

  it('describes images by id and by owner', async () => {
    const client = practice.client()
    const { Images } = await client.send(new DescribeImagesCommand({ ImageIds: ['ami-0453ec754f44f9a4a'] }))
    expect(Images).toMatchObject([{ OwnerId: '137112412989', ImageOwnerAlias: 'amazon', Name: expect.stringMatching(/^al2023-ami-/) }])
    const own = await client.send(new DescribeImagesCommand({ Owners: ['self'] }))
    expect(own.Images?.map((image) => image.Name)).toEqual(['build-agent-golden-41'])
  })

  it('still knows the name and owner of a deregistered image through its instance', async () => {
    const client = practice.client({ region: 'sa-east-1' })
    const gone = client.send(new DescribeImagesCommand({ ImageIds: ['ami-0d31f4e6b8c7a9250'] }))
    await expect(gone).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' })
    const { InstanceImageMetadata } = await client.send(new DescribeInstanceImageMetadataCommand({ InstanceIds: ['i-02c9d7f8a6e1b4530'] }))
    expect(InstanceImageMetadata).toMatchObject([
      { ImageMetadata: { OwnerId: '099720109477', State: 'deregistered', Name: expect.stringContaining('ubuntu-bionic') } },
    ])
  })

  it('says what each security group lets in', async () => {
    const client = practice.client({ region: 'eu-west-1' })
    const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({}))
    const ports = Object.fromEntries(
      (SecurityGroups ?? []).map((group) => [group.GroupName, group.IpPermissions?.map((rule) => rule.FromPort)]),
    )
    expect(ports).toEqual({ default: [undefined], 'ssh-open': [22, 443], 'web-only': [443], 'windows-rdp': [3389] })
  })

  it('can have ten thousand instances, or none', async () => {
    await practice.cloud.setInstances(10_000)
    const ids = new Set<string>()
    for (const region of ['us-east-1', 'eu-west-1', 'sa-east-1']) {
      for await (const page of paginateDescribeInstances({ client: practice.client({ region }), pageSize: 1000 }, {})) {
        for (const reservation of page.Reservations ?? [])
          for (const { InstanceId } of reservation.Instances ?? []) ids.add(InstanceId ?? '')
      }
    }
    expect(ids.size).toBe(10_000)
    await practice.cloud.setInstances(0)
    expect(await namesIn(practice.client())).toEqual([])
    await practice.cloud.setInstances(12)
    expect(await namesIn(practice.client())).toHaveLength(6)
  })
})

async function namesIn(client: EC2Client, Filters?: Filter[]): Promise<(string | undefined)[]> {
  const { Reservations } = await client.send(new DescribeInstancesCommand(Filters ? { Filters } : {}))
  return (Reservations ?? []).map(({ Instances }) => Instances?.[0]?.Tags?.find((tag) => tag.Key === 'Name')?.Value)
}
