/** The default logins of facts.md 4.1. */
export interface Family {
  /** Found in an image's name. */
  readonly pattern: RegExp
  /** The publisher by AWS account id. A name can be anybody's; an owner id cannot. */
  readonly owners: Readonly<Record<string, string>>
  /** Strongest first; may depend on the version in the name. */
  readonly users: readonly string[] | ((text: string) => readonly string[])
  /** What images that people build themselves have instead, from cloud-init's own defaults. */
  readonly selfBuilt?: readonly string[]
}

const AMAZON = { '137112412989': 'Amazon' }
const FEDORA_PROJECT = '125523088429'

/** The first whose pattern is found wins: what is built upon a distribution stands before it. */
export const families: readonly Family[] = [
  { pattern: /bitnami/i, owners: { '979382823631': 'Bitnami' }, users: ['bitnami'] },
  {
    pattern: /deep.?learning/i,
    owners: { '898082745236': 'Amazon' },
    users: (text) => (/ubuntu/i.test(text) ? ['ubuntu'] : ['ec2-user']),
  },
  { pattern: /turnkey/i, owners: {}, users: ['root'] },
  { pattern: /omnios/i, owners: {}, users: ['root'] },
  { pattern: /bottlerocket/i, owners: AMAZON, users: ['ec2-user'] },
  { pattern: /windows/i, owners: { '801119661308': 'Microsoft' }, users: ['Administrator'] },
  { pattern: /macos/i, owners: { '100343932686': 'Amazon' }, users: ['ec2-user'] },
  { pattern: /fedora[-_ ]?coreos/i, owners: { [FEDORA_PROJECT]: 'Fedora' }, users: ['core'] },
  { pattern: /flatcar/i, owners: { '075585003325': 'Flatcar' }, users: ['core'] },
  { pattern: /coreos/i, owners: { '595879546273': 'CoreOS' }, users: ['core'] },
  { pattern: /ubuntu/i, owners: { '099720109477': 'Canonical' }, users: ['ubuntu'] },
  {
    pattern: /amzn|(?<![a-z])al20\d\d|amazon.?linux|amazon-eks|(?:\b|[-_])ecs[-_]optimized/i,
    owners: { ...AMAZON, '591542846629': 'Amazon', '602401143452': 'Amazon' },
    users: ['ec2-user'],
  },
  {
    pattern: /debian/i,
    owners: { '136693071363': 'Debian', '379101102735': 'Debian' },
    users: (text) => (/squeeze|lenny/i.test(text) ? ['root', 'admin'] : ['admin']),
    selfBuilt: ['debian'],
  },
  {
    pattern: /rhel|red.?hat/i,
    owners: { '309956199498': 'Red Hat' },
    users: (text) => (/rhel-?(?:5|6\.[0-3](?!\d))/i.test(text) ? ['root', 'ec2-user'] : ['ec2-user', 'root']),
    selfBuilt: ['cloud-user'],
  },
  { pattern: /centos/i, owners: { [FEDORA_PROJECT]: 'CentOS' }, users: centos, selfBuilt: ['cloud-user'] },
  { pattern: /fedora/i, owners: { [FEDORA_PROJECT]: 'Fedora' }, users: ['fedora', 'ec2-user'] },
  { pattern: /rocky/i, owners: { '792107900819': 'Rocky Linux' }, users: ['rocky'], selfBuilt: ['cloud-user'] },
  { pattern: /almalinux/i, owners: { '764336703387': 'AlmaLinux' }, users: ['ec2-user'], selfBuilt: ['almalinux'] },
  { pattern: /\bOL\d|oracle.?linux/i, owners: { '131827586825': 'Oracle' }, users: ['ec2-user'], selfBuilt: ['cloud-user'] },
  { pattern: /suse|sles/i, owners: { '013907871322': 'SUSE' }, users: ['ec2-user', 'root'] },
  { pattern: /freebsd/i, owners: { '782442783595': 'FreeBSD', '118940168514': 'FreeBSD' }, users: ['ec2-user'], selfBuilt: ['freebsd'] },
  { pattern: /\bkali/i, owners: {}, users: ['kali'] },
  { pattern: /arch.?linux/i, owners: { '647457786197': 'Arch Linux' }, users: ['arch'] },
  { pattern: /alpine/i, owners: { '538276064493': 'Alpine' }, users: ['alpine'] },
  { pattern: /nixos/i, owners: { '427812963091': 'NixOS' }, users: ['root'] },
]

/** For a Linux of which nothing is known: AWS's own default, cloud-init's, and Debian's. */
export const anybody = ['ec2-user', 'ubuntu', 'admin'] as const

export function familyOf(text: string): Family | undefined {
  return families.find((family) => family.pattern.test(text))
}

export function usersOf(family: Family, text: string): readonly string[] {
  return typeof family.users === 'function' ? family.users(text) : family.users
}

/** `centos` up to 8 (root on those of before cloud-init), AWS's `ec2-user` since Stream 9. */
function centos(text: string): readonly string[] {
  const version = Number(/centos\D*(\d{1,2})/i.exec(text)?.[1] ?? Number.NaN)
  if (version >= 9) return ['ec2-user', 'centos']
  return version <= 6 ? ['centos', 'root'] : ['centos', 'ec2-user']
}
