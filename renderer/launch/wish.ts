import type { Launch, LaunchChoices, LaunchImage } from '../../contract/models/launch.ts'
import { api } from '../api/client.ts'

/** What the form holds. */
export interface Wish {
  readonly name: string
  readonly imageId: string
  readonly type: string
  /** A key pair's name, or NEW_KEY. */
  readonly key: string
  /** A group's id, or NEW_GROUP. */
  readonly group: string
  readonly subnetId: string | undefined
  readonly diskGiB: number
  readonly userData: string
}
/** No name or id of AWS's can be these. */
const NEW_KEY = '\u0000new'
export const NEW_GROUP = '\u0000new'
const USUAL_DISK_GIB = 8

/** Sensible for somebody who only wants a machine: what is free, a key that is here, and nobody else let in. */
export function firstWish(
  choices: LaunchChoices,
  { imageId, name }: { readonly imageId: string | undefined; readonly name: string },
): Wish {
  const image = choices.images.find(({ id }) => id === imageId) ?? choices.images[0]
  return {
    name,
    imageId: image?.id ?? '',
    type: typesFor(choices, image)[0]?.type ?? '',
    key: choices.keyPairs.find(({ here }) => here)?.name ?? NEW_KEY,
    group: NEW_GROUP,
    subnetId: undefined,
    diskGiB: Math.max(USUAL_DISK_GIB, image?.sizeGiB ?? 0),
    userData: '',
  }
}

/** Those that the image runs on: the free ones first, then the small ones. */
export function typesFor({ types }: LaunchChoices, image: LaunchImage | undefined): LaunchChoices['types'] {
  return types
    .filter(({ architectures, current }) => current && image !== undefined && architectures.includes(image.architecture))
    .toSorted((a, b) => Number(b.free) - Number(a.free))
}

export function imageChoices({ images }: LaunchChoices, words: { readonly published: string; readonly own: string }) {
  const items = (own: boolean) =>
    images.filter((image) => image.own === own).map(({ id, title, architecture }) => ({ value: id, label: `${title} · ${architecture}` }))
  return [
    { group: words.published, items: items(false) },
    { group: words.own, items: items(true) },
  ].filter(({ items: of }) => of.length > 0)
}

export function keyChoices(
  { keyPairs }: LaunchChoices,
  words: { readonly fresh: string; readonly here: string; readonly away: string; readonly pairs: string },
) {
  const pairs = keyPairs
    .toSorted((a, b) => Number(b.here) - Number(a.here))
    .map(({ name, here }) => ({ value: name, label: `${name} · ${here ? words.here : words.away}` }))
  return [{ value: NEW_KEY, label: words.fresh }, ...(pairs.length > 0 ? [{ group: words.pairs, items: pairs }] : [])]
}

export function groupChoices({ groups, subnets }: LaunchChoices, { subnetId }: Wish, fresh: string) {
  const vpcId = (subnets.find(({ id }) => id === subnetId) ?? subnets[0])?.vpcId
  const fitting = groups.filter((group) => vpcId === undefined || group.vpcId === vpcId)
  return [
    { value: NEW_GROUP, label: fresh },
    ...fitting.map(({ id, name, description }) => ({ value: id, label: `${name} · ${description}` })),
  ]
}

/** A new key is made here, in a file that only its owner can read; AWS gets its public half. */
export async function toLaunch(wish: Wish, { groups }: LaunchChoices): Promise<Launch> {
  const { name, imageId, type, group, subnetId, diskGiB, userData } = wish
  const plain = name.trim().replaceAll(/[^\w.@-]+/g, '-')
  return {
    kind: 'launch',
    name: name.trim(),
    imageId,
    type,
    key: wish.key === NEW_KEY ? await newKey(plain) : { kind: 'pair', name: wish.key },
    group:
      group === NEW_GROUP
        ? {
            kind: 'new',
            name: freeName(
              `ssh-${plain}`,
              groups.map((each) => each.name),
            ),
          }
        : { kind: 'existing', ids: [group] },
    ...(subnetId ? { subnetId } : {}),
    diskGiB,
    userData,
  }
}

async function newKey(plain: string): Promise<Launch['key']> {
  const taken = (await api.keys.list()).flatMap(({ path }) => path?.split(/[\\/]/).at(-1) ?? [])
  const name = freeName(
    `mooring-${plain}`,
    taken.map((file) => file.replace(/\.pem$/, '')),
  )
  const { path } = await api.keys.generate({ type: 'ed25519', format: 'openssh', name: `${name}.pem`, comment: name })
  const key = (await api.keys.list()).find((each) => each.path === path)
  return { kind: 'import', name, keyId: key?.id ?? '' }
}

function freeName(wanted: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!taken.includes(name)) return name
  }
}
