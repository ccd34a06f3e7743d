import { type ForwardDirective, forwardFrom } from './forwards.ts'
import * as values from './values.ts'

/**
 * What there is in OpenSSH's ssh_config(5): `first` keeps the first value found, `all` every one. `unheeded` ones change how a
 * host is reached and are not followed here, which the person is told; of the rest nothing can be noticed in a terminal.
 */
export interface Directive {
  readonly keeps: 'first' | 'all'
  readonly read: values.ReadValue
  /** Values under which it asks for nothing. */
  readonly unheeded?: readonly string[]
  /** Whether a value can be followed. */
  readonly follows?: (value: string) => boolean
}

const first = (read: values.ReadValue): Directive => ({ keeps: 'first', read })
const all = (read: values.ReadValue): Directive => ({ keeps: 'all', read })
const forwarding = (directive: ForwardDirective, read: values.ReadValue): Directive => ({
  ...all(read),
  follows: (value) => forwardFrom(directive, value) !== undefined,
})
const unheeded = (read: values.ReadValue, ...without: string[]): Directive => ({ keeps: 'first', read, unheeded: without })

const heeded: Readonly<Record<string, Directive>> = {
  addressfamily: first(values.family),
  bindaddress: first(values.text),
  certificatefile: all(values.text),
  ciphers: first(values.algorithmList),
  connecttimeout: first(values.duration),
  dynamicforward: forwarding('dynamicforward', values.dynamicForward),
  forwardagent: first(values.text),
  forwardx11: first(values.flag),
  globalknownhostsfile: first(values.words),
  hostkeyalgorithms: first(values.hostKeyList),
  hostkeyalias: first(values.text),
  hostname: first(values.text),
  identitiesonly: first(values.flag),
  identityagent: first(values.text),
  identityfile: all(values.text),
  kbdinteractiveauthentication: first(values.flag),
  kexalgorithms: first(values.algorithmList),
  localforward: forwarding('localforward', values.localForward),
  macs: first(values.algorithmList),
  passwordauthentication: first(values.flag),
  port: first(values.port),
  preferredauthentications: first(values.text),
  proxycommand: first(values.command),
  proxyjump: first(values.jumps),
  pubkeyauthentication: first(values.publicKeyUse),
  remoteforward: forwarding('remoteforward', values.remoteForward),
  sendenv: all(values.words),
  serveralivecountmax: first(values.count),
  serveraliveinterval: first(values.duration),
  setenv: first(values.variables),
  stricthostkeychecking: first(values.strictness),
  user: first(values.text),
  userknownhostsfile: first(values.words),
}

const notHeeded: Readonly<Record<string, Directive>> = {
  bindinterface: unheeded(values.text),
  canonicalizehostname: unheeded(values.text, 'no', 'none'),
  forwardx11trusted: unheeded(values.flag, 'yes'),
  hostbasedauthentication: unheeded(values.flag, 'no'),
  knownhostscommand: unheeded(values.command, 'none'),
  localcommand: unheeded(values.command, 'none'),
  pkcs11provider: unheeded(values.text, 'none'),
  proxyusefdpass: unheeded(values.flag, 'no'),
  pubkeyacceptedalgorithms: unheeded(values.hostKeyList),
  remotecommand: unheeded(values.command, 'none'),
  revokedhostkeys: unheeded(values.text, 'none'),
  securitykeyprovider: unheeded(values.text, 'internal'),
  tunnel: unheeded(values.text, 'no', 'false'),
  verifyhostkeydns: unheeded(values.text, 'no', 'false'),
}

/** Known to some OpenSSH (or to Apple's), and of no consequence for who reaches what. */
const WITHOUT_CONSEQUENCE = new Set(
  `addkeystoagent batchmode canonicaldomains canonicalizefallbacklocal canonicalizemaxdots canonicalizepermittedcnames
  casignaturealgorithms challengeresponseauthentication channeltimeout checkhostip cipher clearallforwardings compression
  compressionlevel connectionattempts controlmaster controlpath controlpersist enableescapecommandline enablesshkeysign escapechar
  exitonforwardfailure fallbacktorsh fingerprinthash forkafterauthentication forwardx11timeout gatewayports
  globalknownhostsfile2 gssapiauthentication gssapiclientidentity gssapidelegatecredentials gssapikexalgorithms gssapikeyexchange
  gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns hashknownhosts hostbasedacceptedalgorithms hostbasedkeytypes
  ignoreunknown ipqos keepalive loglevel logverbose nohostauthenticationforlocalhost numberofpasswordprompts obscurekeystroketiming
  permitlocalcommand permitremoteopen protocol pubkeyacceptedkeytypes refuseconnection rekeylimit requesttty requiredrsasize
  rhostsrsaauthentication rsaauthentication sessiontype skeyauthentication smartcarddevice stdinnull streamlocalbindmask
  streamlocalbindunlink syslogfacility tag tcpkeepalive tunneldevice updatehostkeys useblacklistedkeys usekeychain useprivilegedport
  userknownhostsfile2 useroaming usersh versionaddendum visualhostkey warnweakcrypto xauthlocation`.split(/\s+/),
)

/** `ignored`: one without consequence. `undefined`: OpenSSH knows none of this name. */
export function directiveOf(keyword: string): Directive | 'ignored' | undefined {
  if (Object.hasOwn(heeded, keyword)) return heeded[keyword]
  if (Object.hasOwn(notHeeded, keyword)) return notHeeded[keyword]
  return WITHOUT_CONSEQUENCE.has(keyword) ? 'ignored' : undefined
}
