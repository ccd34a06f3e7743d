/** What the practice account holds. Each machine differs from the others in something that matters to whoever connects. */
export interface MachineSpec {
  readonly instanceId: string
  readonly name: string
  readonly region: string
  readonly zone: 'a' | 'b' | 'c'
  readonly type: string
  readonly architecture: 'x86_64' | 'arm64'
  readonly imageId: string
  /** Of the catalogue's key pairs; `partner-2023` is one whose private key nobody here has. */
  readonly keyName: string
  readonly state: 'running' | 'stopped'
  /** The one who may log in by SSH; absent: nobody, it is no Unix. */
  readonly user?: string
  readonly privateAddress: string
  /** Given at start when running. `elastic` ones survive a stop, others change. Absent: it never has one. */
  readonly publicAddress?: string
  readonly elastic?: true
  readonly ipv6Address?: string
  readonly hostKeys: readonly HostKeyType[]
  /** What GetConsoleOutput has; `other-host-key`: it prints a key that the server does not have. */
  readonly console: 'full' | 'keys-only' | 'empty' | 'other-host-key' | 'windows'
  /** Its image runs cloud-init's keys-to-console with the frequency `always` instead of once per instance. */
  readonly keysAtEveryBoot?: true
  /** The `ec2-instance-connect` package is on it, which asks for keys that were sent for a minute. */
  readonly instanceConnect?: true
  /** The Systems Manager agent runs on it, and its role lets it answer. */
  readonly agent?: true
  readonly securityGroup: SecurityGroupName
  /** It cannot be terminated until that is switched off. */
  readonly protected?: true
  /** AWS is going to retire the hardware that it is on. */
  readonly retires?: true
  /** Its measures come every minute instead of every five: detailed monitoring is paid for. */
  readonly monitored?: true
  /** It has nothing to do. */
  readonly idle?: true
  readonly launchedDaysAgo: number
  readonly tags: Readonly<Record<string, string>>
}
export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa'
export const securityGroupNames = ['default', 'ssh-open', 'web-only', 'windows-rdp'] as const
export type SecurityGroupName = (typeof securityGroupNames)[number]

export const accountId = '123456789012'

export const machineSpecs: readonly MachineSpec[] = [
  {
    instanceId: 'i-0a41c7e92b5d3f801',
    name: 'web-1',
    region: 'us-east-1',
    zone: 'a',
    type: 't3.micro',
    architecture: 'x86_64',
    imageId: 'ami-0e2c8caa4b6378d8c',
    keyName: 'practice',
    state: 'running',
    user: 'ubuntu',
    privateAddress: '10.20.1.10',
    publicAddress: '203.0.113.10',
    ipv6Address: '2001:db8:20:1::10',
    hostKeys: ['ed25519', 'ecdsa'],
    console: 'full',
    instanceConnect: true,
    agent: true,
    securityGroup: 'ssh-open',
    launchedDaysAgo: 12,
    tags: { Environment: 'production', Role: 'web', Team: 'storefront' },
  },
  {
    instanceId: 'i-0c93d51e8f7a2b604',
    name: 'web-2',
    region: 'us-east-1',
    zone: 'b',
    type: 't3.micro',
    architecture: 'x86_64',
    imageId: 'ami-0453ec754f44f9a4a',
    keyName: 'practice-rsa',
    state: 'running',
    user: 'ec2-user',
    privateAddress: '10.20.2.11',
    publicAddress: '203.0.113.11',
    hostKeys: ['ed25519', 'ecdsa'],
    console: 'full',
    instanceConnect: true,
    agent: true,
    securityGroup: 'ssh-open',
    launchedDaysAgo: 12,
    tags: { Environment: 'production', Role: 'web', Team: 'storefront' },
  },
  {
    instanceId: 'i-05f2b86a1d94c7e30',
    name: 'db-primary',
    region: 'us-east-1',
    zone: 'a',
    type: 'r6i.large',
    architecture: 'x86_64',
    imageId: 'ami-064519b8c76274859',
    keyName: 'practice-rsa',
    state: 'running',
    user: 'admin',
    privateAddress: '10.20.1.20',
    publicAddress: '203.0.113.20',
    elastic: true,
    hostKeys: ['ed25519', 'ecdsa'],
    console: 'full',
    securityGroup: 'ssh-open',
    monitored: true,
    launchedDaysAgo: 201,
    protected: true,
    tags: { Environment: 'production', Role: 'database', Backup: 'daily' },
  },
  {
    instanceId: 'i-0b7e4190c2d8f6a53',
    name: 'batch',
    region: 'us-east-1',
    zone: 'c',
    type: 'c6i.xlarge',
    architecture: 'x86_64',
    imageId: 'ami-0453ec754f44f9a4a',
    keyName: 'practice',
    state: 'stopped',
    user: 'ec2-user',
    privateAddress: '10.20.3.30',
    publicAddress: '203.0.113.30',
    hostKeys: ['ed25519'],
    console: 'full',
    keysAtEveryBoot: true,
    instanceConnect: true,
    securityGroup: 'ssh-open',
    launchedDaysAgo: 34,
    tags: { Environment: 'production', Role: 'batch', Schedule: 'nightly' },
  },
  {
    instanceId: 'i-0d18a6f3e5c2b9740',
    name: 'cache',
    region: 'us-east-1',
    zone: 'b',
    type: 'r6g.medium',
    architecture: 'arm64',
    imageId: 'ami-0c4e709339fa8521a',
    keyName: 'practice',
    state: 'running',
    user: 'ubuntu',
    privateAddress: '10.20.2.40',
    hostKeys: ['ed25519'],
    console: 'full',
    instanceConnect: true,
    agent: true,
    securityGroup: 'ssh-open',
    launchedDaysAgo: 88,
    tags: { Environment: 'production', Role: 'cache' },
  },
  {
    instanceId: 'i-09c5e72d4a1b8f063',
    name: 'build-agent',
    region: 'us-east-1',
    zone: 'a',
    type: 'm6i.large',
    architecture: 'x86_64',
    imageId: 'ami-07d9160b3fc54e2a8',
    keyName: 'practice',
    state: 'running',
    user: 'builder',
    privateAddress: '10.20.1.50',
    publicAddress: '203.0.113.50',
    hostKeys: ['ed25519'],
    console: 'full',
    securityGroup: 'ssh-open',
    launchedDaysAgo: 5,
    tags: { Environment: 'tools', Role: 'ci' },
  },
  {
    instanceId: 'i-03e8b5a7c9d1f2460',
    name: 'staging',
    region: 'eu-west-1',
    zone: 'a',
    type: 't3.small',
    architecture: 'x86_64',
    imageId: 'ami-03fd334507439f4d1',
    keyName: 'practice',
    state: 'running',
    user: 'ubuntu',
    privateAddress: '10.30.1.10',
    publicAddress: '203.0.113.110',
    hostKeys: ['ed25519'],
    console: 'other-host-key',
    instanceConnect: true,
    securityGroup: 'ssh-open',
    idle: true,
    launchedDaysAgo: 47,
    tags: { Environment: 'staging', Role: 'web' },
  },
  {
    instanceId: 'i-0f6a2d9b4e7c13852',
    name: 'shop-eu',
    region: 'eu-west-1',
    zone: 'b',
    type: 't4g.small',
    architecture: 'arm64',
    imageId: 'ami-0b3e7dd7b2a99b08d',
    keyName: 'practice-rsa',
    state: 'running',
    user: 'ec2-user',
    privateAddress: '10.30.2.11',
    publicAddress: '203.0.113.111',
    hostKeys: ['ed25519'],
    console: 'full',
    instanceConnect: true,
    agent: true,
    securityGroup: 'web-only',
    launchedDaysAgo: 19,
    tags: { Environment: 'production', Role: 'web', Team: 'storefront' },
  },
  {
    instanceId: 'i-071d4c8e6b5f9a230',
    name: 'partner-gateway',
    region: 'eu-west-1',
    zone: 'c',
    type: 't3.medium',
    architecture: 'x86_64',
    imageId: 'ami-0715c1897453cabd1',
    keyName: 'partner-2023',
    state: 'running',
    user: 'admin',
    privateAddress: '10.30.3.12',
    publicAddress: '203.0.113.112',
    hostKeys: ['ed25519', 'ecdsa'],
    console: 'full',
    instanceConnect: true,
    securityGroup: 'ssh-open',
    launchedDaysAgo: 640,
    tags: { Environment: 'production', Role: 'gateway', Owner: 'partner team' },
  },
  {
    instanceId: 'i-0e5b9f1a3c7d84062',
    name: 'win-report',
    region: 'eu-west-1',
    zone: 'a',
    type: 't3.large',
    architecture: 'x86_64',
    imageId: 'ami-0a8c1f4d6e2b97350',
    keyName: 'practice-rsa',
    state: 'running',
    privateAddress: '10.30.1.60',
    publicAddress: '203.0.113.160',
    hostKeys: [],
    console: 'windows',
    securityGroup: 'windows-rdp',
    launchedDaysAgo: 73,
    tags: { Environment: 'production', Role: 'reporting' },
  },
  {
    instanceId: 'i-02c9d7f8a6e1b4530',
    name: 'legacy-app',
    region: 'sa-east-1',
    zone: 'a',
    type: 't2.small',
    architecture: 'x86_64',
    imageId: 'ami-0d31f4e6b8c7a9250',
    keyName: 'practice-rsa',
    state: 'running',
    user: 'ubuntu',
    privateAddress: '10.40.1.10',
    publicAddress: '198.51.100.10',
    hostKeys: ['ed25519', 'ecdsa', 'rsa'],
    console: 'keys-only',
    securityGroup: 'ssh-open',
    retires: true,
    launchedDaysAgo: 1490,
    tags: { Environment: 'production', Role: 'legacy', 'do-not-stop': 'ask Marta first' },
  },
  {
    instanceId: 'i-0684e3b7d2f5a1c90',
    name: 'sensor-hub',
    region: 'sa-east-1',
    zone: 'c',
    type: 't4g.nano',
    architecture: 'arm64',
    imageId: 'ami-0a9e5c7b1d3f68240',
    keyName: 'practice',
    state: 'running',
    user: 'ubuntu',
    privateAddress: '10.40.3.11',
    publicAddress: '198.51.100.11',
    hostKeys: ['ed25519'],
    console: 'empty',
    instanceConnect: true,
    agent: true,
    securityGroup: 'ssh-open',
    launchedDaysAgo: 3,
    tags: { Environment: 'field', Role: 'sensors', Site: 'São Paulo' },
  },
]
