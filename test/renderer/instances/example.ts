import type { Instance } from '../../../contract/models/instance.ts'

type Changes = Omit<Partial<Instance>, 'ref'> & { readonly id?: string; readonly profile?: string; readonly region?: string }

/** An instance of which only what matters to a test is said. */
export function example({ id = 'i-1', profile = 'prod', region = 'us-east-1', ...rest }: Changes = {}): Instance {
  return {
    ref: { profile, region, instanceId: id },
    accountId: '123456789012',
    name: '',
    state: 'running',
    type: 't3.micro',
    zone: `${region}a`,
    windows: false,
    platform: 'Linux/UNIX',
    architecture: 'x86_64',
    imageId: 'ami-1',
    launchedAt: '2026-01-02T03:04:05Z',
    securityGroups: [],
    tags: {},
    ...rest,
  }
}
