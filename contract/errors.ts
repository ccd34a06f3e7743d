import { z } from 'zod'

/**
 * Everything a person may meet. `details` are for the sentence, never a secret, never a private path that the person did not
 * name. The words are in renderer/words, under `errors.<CODE>`: what happened, then what to do.
 */
const text = z.string()
const side = z.enum(['here', 'host'])
const fileProblem = z.enum(['missing', 'not-allowed', 'not-a-folder', 'unsupported', 'failure', 'exists', 'into-itself', 'outside'])
const unreachable = z.enum(['timeout', 'refused', 'reset', 'no-route', 'unknown-name', 'no-banner'])

const details = {
  /** The person's own cancel; never shown as a failure. */
  CANCELLED: z.object({}),
  /** A network interface has to keep one. */
  LAST_SECURITY_GROUP: z.object({ group: text }),
  INVALID_INPUT: z.object({ field: text, problem: text }),
  /** A defect of ours. `reference` finds it in the log. */
  INTERNAL: z.object({ reference: text }),
  NOT_FOUND: z.object({ what: text }),
  /** `keptAs` names the copy that was set aside; `recovered`: the last good copy is in use. */
  STORE_DAMAGED: z.object({ name: text, keptAs: text, recovered: z.boolean() }),
  STORE_NOT_WRITABLE: z.object({ name: text, problem: text }),
  SHARED_FOLDER_UNUSABLE: z.object({ path: text, problem: z.enum(['missing', 'not-a-folder', 'not-allowed']) }),
  EXPORT_PASSWORD_WRONG: z.object({}),
  EXPORT_DAMAGED: z.object({}),
  VAULT_LOCKED: z.object({}),
  VAULT_WRONG_PASSWORD: z.object({}),

  AWS_CONFIG_BROKEN: z.object({ file: text, line: z.int().optional(), problem: text }),
  AWS_PROFILE_UNKNOWN: z.object({ profile: text }),
  AWS_NO_CREDENTIALS: z.object({ profile: text, problem: text.optional() }),
  AWS_CREDENTIALS_INVALID: z.object({ profile: text }),
  AWS_LOGIN_EXPIRED: z.object({ profile: text, kind: z.enum(['sso', 'session', 'role']) }),
  AWS_MFA_REFUSED: z.object({ profile: text }),
  /** `action` is the IAM action that is missing, as `ec2:DescribeInstances`. */
  AWS_NOT_ALLOWED: z.object({ profile: text, action: text }),
  AWS_THROTTLED: z.object({ profile: text, action: text }),
  AWS_UNREACHABLE: z.object({ endpoint: text, reason: unreachable }),
  AWS_REGION_DISABLED: z.object({ profile: text, region: text }),
  AWS_CLOCK_WRONG: z.object({ skewSeconds: z.number().optional() }),
  /** Everything else that a service answered: its own code and sentence. */
  AWS_REFUSED: z.object({ action: text, awsCode: text, message: text }),
  INSTANCE_NOT_FOUND: z.object({ instanceId: text }),
  INSTANCE_NOT_RUNNING: z.object({ instanceId: text, state: text }),
  /** `bastions`: instances of its VPC that answer from here and may lead to it. */
  INSTANCE_NO_ADDRESS: z.object({
    instanceId: text,
    privateAddress: text.optional(),
    bastions: z.array(z.object({ instanceId: text, name: text })).optional(),
  }),
  /** What AWS accepted came to nothing; `said`: its own words. */
  /** Every name that EC2 has for a further disk is taken. */
  NO_FREE_DEVICE: z.object({}),
  /** `said`: AWS's own words. */
  BACKUP_ROLE_REFUSED: z.object({ role: text, region: text, profile: text, said: text }),
  CHANGE_FAILED: z.object({ target: text, said: text }),
  INSTANCE_IS_WINDOWS: z.object({ instanceId: text }),
  WINDOWS_PASSWORD_NOT_READY: z.object({ instanceId: text }),
  CLIPBOARD_NOT_HERE: z.object({ instanceId: text, profile: text, region: text }),
  /** None of these programs is on this computer. */
  DESKTOP_CLIENT_MISSING: z.object({ names: z.array(text) }),

  KEY_NOT_FOUND: z.object({ keyName: text, instanceId: text }),
  /** `fileKey` and `wantedKey` are names or fingerprints: "this file is key A, the instance wants key B". */
  KEY_WRONG: z.object({ label: text, fileKey: text, wantedKey: text }),
  KEY_UNREADABLE: z.object({
    label: text,
    problem: z.enum(['missing', 'no-permission', 'not-a-key', 'public-key', 'unsupported', 'damaged', 'too-large']),
  }),
  /** `said`: the host's own words. */
  KEY_NOT_INSTALLED: z.object({ host: text, said: text }),
  /** `key-not-taken`: it was sent, and the host let nobody in with it. `users`: those that it was sent for. */
  INSTANCE_CONNECT_REFUSED: z.object({
    instanceId: text,
    users: z.array(text),
    problem: z.enum(['key-not-taken', 'not-running', 'unavailable']),
  }),
  /** `off`: for the account, in this region. `region`: no fingerprint is known of its host. */
  SERIAL_CONSOLE_REFUSED: z.object({
    instanceId: text,
    region: text,
    problem: z.enum(['off', 'in-use', 'not-nitro', 'unavailable', 'not-running', 'key-not-taken', 'region']),
  }),
  /** The host shows another key than the one that AWS has published. */
  SERIAL_CONSOLE_KEY_WRONG: z.object({ region: text, expected: text, actual: text }),
  SCREENSHOT_UNAVAILABLE: z.object({ instanceId: text, problem: z.enum(['unsupported', 'damaged']) }),
  KEY_PASSPHRASE_WRONG: z.object({ label: text }),

  SSH_CONFIG_BROKEN: z.object({ file: text, line: z.int().optional(), problem: text }),
  /** A line of the person's own file that would change how the host is reached, and is not followed. */
  SSH_CONFIG_UNSUPPORTED: z.object({ file: text, line: z.int(), directive: text }),
  HOST_UNREACHABLE: z.object({ address: text, port: z.int(), reason: unreachable }),
  /** Between here and the host: a jump host that does not let it through, or cannot get there itself. */
  JUMP_REFUSED: z.object({ via: text, host: text, problem: z.enum(['not-allowed', 'unreachable']) }),
  PROXY_REFUSED: z.object({
    proxy: text,
    host: text,
    problem: z.enum(['not-a-proxy', 'wrong-password', 'wants-password', 'refused', 'host-unreachable', 'ended', 'timeout']),
  }),
  /** `said`: the command's own last words. */
  PROXY_COMMAND_FAILED: z.object({ host: text, said: text }),
  /** The person did not let a command of their configuration run. */
  COMMAND_REFUSED: z.object({ file: text, line: z.int() }),
  /** A way to a host that leads through the host itself, or has no end. */
  ROUTE_LOOPS: z.object({ host: text }),
  HOST_KEY_CHANGED: z.object({
    host: text,
    algorithm: text,
    expected: z.array(text),
    actual: text,
    file: text.optional(),
    line: z.int().optional(),
  }),
  HOST_KEY_REVOKED: z.object({ host: text, actual: text }),
  /** The person did not trust it. */
  HOST_KEY_REFUSED: z.object({ host: text }),
  /** StrictHostKeyChecking yes: a host that is not known is not asked about. */
  HOST_KEY_UNKNOWN: z.object({ host: text, actual: text }),
  SSH_NO_COMMON_ALGORITHM: z.object({ host: text, what: text, theirs: z.array(text) }),
  SSH_PROTOCOL: z.object({ host: text, problem: text }),
  /** `users` and `keys` are what was tried, in order; `offered` is what the server would still accept (RFC 4252, 5.1). */
  AUTHENTICATION_FAILED: z.object({ host: text, users: z.array(text), keys: z.array(text), offered: z.array(text), tooMany: z.boolean() }),
  /**
   * A key's certificate did not open the host, and says itself why. `untrusted`: it says nothing against it, so the host does not trust
   * whoever signed it (`authority`, a fingerprint). Times in ISO 8601.
   */
  CERTIFICATE_REFUSED: z.object({
    host: text,
    user: text,
    label: text,
    name: text,
    problem: z.enum(['expired', 'not-yet', 'no-principal', 'principal', 'untrusted']),
    principals: z.array(text),
    authority: text,
    from: text.optional(),
    until: text.optional(),
  }),
  /** A certificate without the private key that it is for. `fingerprint` is that key's. */
  CERTIFICATE_WITHOUT_KEY: z.object({ name: text, fingerprint: text }),
  SHELL_REFUSED: z.object({ host: text, problem: text }),
  /** Of this computer. */
  LOCAL_SHELL_FAILED: z.object({ shell: text, problem: z.enum(['missing', 'not-started']) }),
  /** `said`: the host's own farewell. `protocol`: it sent what SSH does not allow. */
  CONNECTION_LOST: z.object({
    host: text,
    reason: z.enum(['closed', 'reset', 'timeout', 'protocol', 'core-restarted']),
    said: text.optional(),
  }),
  /** A tab of the last time: its shell ended with the app, and nobody has asked for another yet. */
  APP_WAS_CLOSED: z.object({}),
  TERMINAL_GONE: z.object({ id: text }),
  /** Nobody was to be asked, and connecting asks: that host was left alone. `question`: which it would have been. */
  HOST_WOULD_ASK: z.object({ host: text, question: text }),

  /** Transfers. `side`: on this computer, or on the host. `name` is the file as the person sees it. */
  TRANSFER_NOT_FOUND: z.object({ name: text, side }),
  TRANSFER_NOT_ALLOWED: z.object({ name: text, side }),
  TRANSFER_NO_SPACE: z.object({ name: text, side }),
  /** Something that is no file (a folder, a link, a device) stands where the file should go or come from. */
  TRANSFER_NOT_A_FILE: z.object({ name: text, side }),
  TRANSFER_SOURCE_CHANGED: z.object({ name: text }),
  TRANSFER_NAME_REFUSED: z.object({ name: text, problem: z.enum(['leads-out', 'too-long', 'taken']) }),
  /** Everything else that a system answered: its own word for it. */
  TRANSFER_FAILED: z.object({ name: text, side, problem: text }),
  /** What the server did that no honest one does. */
  TRANSFER_SERVER_BROKEN: z.object({ name: text, problem: z.enum(['silent', 'handle', 'garbled', 'endless']) }),
  TRANSFER_NO_SFTP: z.object({ host: text }),
  /** A file that the page was sending: the page was closed or reloaded. */
  TRANSFER_PAGE_GONE: z.object({ name: text }),
  /** So many files of a folder could not be transferred; `first` says why the first one could not. */
  TRANSFER_INCOMPLETE: z.object({ count: z.int(), first: text }),
  /** `full`: the connection takes no channel more (sshd_config's MaxSessions). */
  /** A terminal's host, at the moment. */
  NOT_CONNECTED: z.object({ host: text }),
  /** `said`: the host's own words. */
  PROCESSES_UNAVAILABLE: z.object({ host: text, said: text }),
  PROCESS_NOT_ENDED: z.object({ process: text, said: text }),
  FILES_UNAVAILABLE: z.object({ host: text, problem: z.enum(['no-sftp', 'full', 'not-connected']) }),
  FILES_BROKEN: z.object({ host: text, problem: z.enum(['garbled', 'handle', 'endless', 'silent', 'closed']) }),
  /** `path` as `shownName` writes it; `message` is the server's own. */
  FILE_REFUSED: z.object({ path: text, problem: fileProblem, message: text }),
  /** `said`: sudo's own words. */
  ROOT_UNAVAILABLE: z.object({ host: text, problem: z.enum(['no-sudo', 'no-server', 'not-allowed', 'wrong-password']), said: text }),
  /** A program of the host's own that was to do it. `said`: its last words. */
  FILE_PROGRAM_FAILED: z.object({ program: text, problem: z.enum(['missing', 'failed', 'no-commands']), said: text }),
  /** `large`: the person is asked first. `size` in bytes. */
  FILE_NOT_EDITABLE: z.object({
    path: text,
    problem: z.enum(['binary', 'large', 'too-large', 'not-a-file', 'no-picture']),
    size: z.number(),
  }),
  /** `said`: the system's own words. */
  EDITOR_NOT_OPENED: z.object({ path: text, said: text }),
  FILE_NO_SPACE: z.object({ path: text }),
  CHARACTER_NOT_IN_ENCODING: z.object({ character: text, encoding: text }),
  /** Unsaved work could not be kept on this computer. */
  DRAFT_NOT_KEPT: z.object({ path: text, problem: text }),
  FILE_NAME_REFUSED: z.object({ name: text, problem: z.enum(['empty', 'slash', 'dots', 'nul', 'too-long']) }),
  /** `by`: the program or tunnel that has it, where that can be known. `next`: the next free one. */
  PORT_TAKEN: z.object({ address: text, port: z.int(), by: text.optional(), next: z.int().optional() }),
  /** The system lets nobody but its administrator have it. */
  PORT_NOT_ALLOWED: z.object({ port: z.int(), next: z.int().optional() }),
  ADDRESS_NOT_HERE: z.object({ address: text }),
  /** The server does not listen for us there: the port is taken on it, or its AllowTcpForwarding says no. */
  FORWARD_REFUSED: z.object({ host: text, address: text, port: z.int() }),
  /** One connection through a tunnel could not be made. */
  FORWARD_TARGET_FAILED: z.object({ host: text, target: text, reason: z.enum(['prohibited', 'unreachable', 'refused', 'shortage']) }),
  HOST_DISK_FULL: z.object({ host: text }),
  /** A command of ours ended badly. `said`: its own words. */
  HOST_COMMAND_FAILED: z.object({ host: text, said: text }),
  /** What it answered is not what our script says. */
  HOST_ANSWER_BROKEN: z.object({ host: text }),
  /** There is no systemd, or it is not to be used by this login. */
  HOST_NO_SERVICES: z.object({ host: text }),
  /** Programs that are not there, and that Mooring cannot install: no package, or no right to. */
  HOST_LACKS: z.object({ programs: z.array(text) }),
  /** `ended`: its exit code, or `gone`. `said`: its last words. */
  DEPLOY_STEP_FAILED: z.object({
    app: text,
    step: z.enum(['fetch', 'packages', 'settings', 'build', 'service', 'check']),
    ended: text,
    said: text,
  }),
  /** `publicKey`: of the key that the repository should let in. */
  DEPLOY_GIT_REFUSED: z.object({
    address: text,
    problem: z.enum(['not-allowed', 'no-branch', 'unreachable']),
    publicKey: text.optional(),
  }),
  DEPLOY_PORT_TAKEN: z.object({ app: text, port: z.int() }),
  DEPLOY_NO_ANSWER: z.object({ app: text, port: z.int(), problem: z.enum(['ended', 'silent', 'not-listening']), said: text }),
  DEPLOY_BUSY: z.object({ app: text }),
  /** The disk of a backup cannot be mounted there. `no-tools`: the host lacks util-linux. */
  BACKUP_UNREADABLE: z.object({
    host: text,
    problem: z.enum(['not-seen', 'encrypted', 'lvm', 'raid', 'no-files', 'same-file-system', 'no-tools']),
  }),
  /** `by`: programs of the login, as far as they can be seen. */
  BACKUP_IN_USE: z.object({ host: text, by: z.array(text) }),
  HOST_NO_PACKAGE_MANAGER: z.object({ host: text }),
  /** `ended`: its exit code, or `gone`. `said`: its last words. */
  UPDATE_FAILED: z.object({ host: text, ended: text, said: text }),
  UPDATE_NOT_BACK: z.object({ minutes: z.int() }),
  PRACTICE_CLOUD_FAILED: z.object({ problem: text }),
} as const

export type UserErrorCode = keyof typeof details
export const userErrorCodes = Object.keys(details) as readonly UserErrorCode[]
export type UserErrorDetails = { readonly [Code in UserErrorCode]: z.infer<(typeof details)[Code]> }
export type UserErrorData = { [Code in UserErrorCode]: { code: Code; details: UserErrorDetails[Code] } }[UserErrorCode]

const options = Object.entries(details).map(([code, shape]) => z.object({ code: z.literal(code), details: shape }))
export const userErrorData = z.discriminatedUnion('code', options as never) as unknown as z.ZodType<UserErrorData>
