import { accountId } from './catalog.ts'

export interface Image {
  readonly imageId: string
  readonly region: string
  readonly name: string
  readonly description: string
  readonly ownerId: string
  readonly ownerAlias?: string
  readonly platformDetails: string
  readonly architecture: 'x86_64' | 'arm64'
  readonly createdAt: string
  /** The public SSM parameter that names it. */
  readonly publicParameter?: string
  /** DescribeImages no longer knows it; DescribeInstanceImageMetadata still does. */
  readonly deregistered?: true
}

const canonical = '099720109477'
const debian = '136693071363'
const amazon = '137112412989'
const windows = '801119661308'
const ubuntu2404 = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04'

export const images: readonly Image[] = [
  {
    imageId: 'ami-0e2c8caa4b6378d8c',
    region: 'us-east-1',
    name: `${ubuntu2404}-amd64-server-20250115`,
    description: 'Canonical, Ubuntu, 24.04, amd64 noble image',
    ownerId: canonical,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'x86_64',
    createdAt: '2025-01-15T06:12:31.000Z',
    publicParameter: '/aws/service/canonical/ubuntu/server/24.04/stable/20250115/amd64/hvm/ebs-gp3/ami-id',
  },
  {
    imageId: 'ami-0c4e709339fa8521a',
    region: 'us-east-1',
    name: `${ubuntu2404}-arm64-server-20250115`,
    description: 'Canonical, Ubuntu, 24.04, arm64 noble image',
    ownerId: canonical,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'arm64',
    createdAt: '2025-01-15T06:14:02.000Z',
  },
  {
    imageId: 'ami-0453ec754f44f9a4a',
    region: 'us-east-1',
    name: 'al2023-ami-2023.6.20250115.0-kernel-6.1-x86_64',
    description: 'Amazon Linux 2023 AMI 2023.6.20250115.0 x86_64 HVM kernel-6.1',
    ownerId: amazon,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'x86_64',
    createdAt: '2025-01-15T23:40:08.000Z',
    publicParameter: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64',
  },
  {
    imageId: 'ami-064519b8c76274859',
    region: 'us-east-1',
    name: 'debian-12-amd64-20250115-1993',
    description: 'Debian 12 (20250115-1993)',
    ownerId: debian,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'x86_64',
    createdAt: '2025-01-15T11:03:55.000Z',
  },
  {
    imageId: 'ami-07d9160b3fc54e2a8',
    region: 'us-east-1',
    name: 'build-agent-golden-41',
    description: 'Hardened build agent, monthly',
    ownerId: accountId,
    platformDetails: 'Linux/UNIX',
    architecture: 'x86_64',
    createdAt: '2026-05-04T09:20:47.000Z',
  },
  {
    imageId: 'ami-03fd334507439f4d1',
    region: 'eu-west-1',
    name: `${ubuntu2404}-amd64-server-20250115`,
    description: 'Canonical, Ubuntu, 24.04, amd64 noble image',
    ownerId: canonical,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'x86_64',
    createdAt: '2025-01-15T06:25:16.000Z',
  },
  {
    imageId: 'ami-0b3e7dd7b2a99b08d',
    region: 'eu-west-1',
    name: 'al2023-ami-2023.6.20250115.0-kernel-6.1-arm64',
    description: 'Amazon Linux 2023 AMI 2023.6.20250115.0 arm64 HVM kernel-6.1',
    ownerId: amazon,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'arm64',
    createdAt: '2025-01-15T23:44:19.000Z',
  },
  {
    imageId: 'ami-0715c1897453cabd1',
    region: 'eu-west-1',
    name: 'debian-11-amd64-20230124-1270',
    description: 'Debian 11 (20230124-1270)',
    ownerId: debian,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'x86_64',
    createdAt: '2023-01-24T10:31:20.000Z',
  },
  {
    imageId: 'ami-0a8c1f4d6e2b97350',
    region: 'eu-west-1',
    name: 'Windows_Server-2022-English-Full-Base-2025.01.15',
    description: 'Microsoft Windows Server 2022 Full Locale English AMI provided by Amazon',
    ownerId: windows,
    ownerAlias: 'amazon',
    platformDetails: 'Windows',
    architecture: 'x86_64',
    createdAt: '2025-01-15T20:12:00.000Z',
  },
  {
    imageId: 'ami-0d31f4e6b8c7a9250',
    region: 'sa-east-1',
    name: 'ubuntu/images/hvm-ssd/ubuntu-bionic-18.04-amd64-server-20211129',
    description: 'Canonical, Ubuntu, 18.04 LTS, amd64 bionic image build on 2021-11-29',
    ownerId: canonical,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'x86_64',
    createdAt: '2021-11-29T16:41:27.000Z',
    deregistered: true,
  },
  {
    imageId: 'ami-0a9e5c7b1d3f68240',
    region: 'sa-east-1',
    name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-arm64-server-20250112',
    description: 'Canonical, Ubuntu, 22.04 LTS, arm64 jammy image build on 2025-01-12',
    ownerId: canonical,
    ownerAlias: 'amazon',
    platformDetails: 'Linux/UNIX',
    architecture: 'arm64',
    createdAt: '2025-01-12T07:50:41.000Z',
  },
]

export function findImage(imageId: string): Image | undefined {
  return images.find((image) => image.imageId === imageId)
}
