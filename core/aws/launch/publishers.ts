import type { Image } from '@aws-sdk/client-ec2'

/** Who publishes the usual images, by account: a name can be anybody's, an owner cannot. */
export const PUBLISHERS: readonly { readonly owner: string; readonly names: readonly string[] }[] = [
  { owner: '137112412989', names: ['al2023-ami-2023.*'] },
  {
    owner: '099720109477',
    names: ['ubuntu/images/hvm-ssd*/ubuntu-*-24.04-*-server-*', 'ubuntu/images/hvm-ssd*/ubuntu-*-26.04-*-server-*'],
  },
  { owner: '136693071363', names: ['debian-12-*', 'debian-13-*'] },
]

interface Published {
  readonly image: Image
  readonly title: string
}

/** Of each system and architecture the newest, in the order in which people ask for them. Pure. */
export function newestOfEach(images: readonly Image[]): readonly Published[] {
  const newest = new Map<string, Published>()
  for (const image of images) {
    const title = titleOf(image.Name ?? '')
    if (!title) continue
    const key = `${title} ${image.Architecture}`
    const known = newest.get(key)
    if (!known || (known.image.CreationDate ?? '') < (image.CreationDate ?? '')) newest.set(key, { image, title })
  }
  return [...newest.values()].toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.title < b.title ? 1 : a.title > b.title ? -1 : (a.image.Architecture ?? '') < (b.image.Architecture ?? '') ? 1 : -1),
  )
}

/** Not the minimal ones, not those made for containers, not daily builds. */
function titleOf(name: string): string | undefined {
  if (/^al2023-ami-2023\.[\d.]+-kernel-[\d.]+-/.test(name)) return 'Amazon Linux 2023'
  const [, ubuntu] = /^ubuntu\/images\/hvm-ssd[^/]*\/ubuntu-[a-z]+-(\d+\.\d+)-[a-z0-9]+-server-\d/.exec(name) ?? []
  if (ubuntu) return `Ubuntu ${ubuntu}`
  const [, debian] = /^debian-(\d+)-[a-z0-9]+-\d/.exec(name) ?? []
  return debian ? `Debian ${debian}` : undefined
}

const ORDER = ['Amazon', 'Ubuntu', 'Debian']
function rank({ title }: Published): number {
  return ORDER.findIndex((name) => title.startsWith(name))
}
