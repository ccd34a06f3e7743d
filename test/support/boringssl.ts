import crypto from 'node:crypto'
import { createRequire, syncBuiltinESMExports } from 'node:module'

/**
 * Makes this process's `node:crypto` as small as Electron's, which is built on BoringSSL, and takes ssh2's native binding away.
 * Loaded before anything else (`--import`, or a vitest setup file), because modules take functions from `node:crypto` as they load.
 */
const BLOCK_MODES = ['cbc', 'cfb', 'ctr', 'ecb', 'gcm', 'ofb']
const CIPHERS = new Set([
  ...[128, 192, 256].flatMap((bits) => BLOCK_MODES.map((mode) => `aes-${bits}-${mode}`)),
  ...['des-cbc', 'des-ecb', 'des-ede', 'des-ede-cbc', 'des-ede3-cbc', 'rc2-cbc', 'rc4'],
])
const CURVES = ['prime256v1', 'secp224r1', 'secp384r1', 'secp521r1']
const MISSING_GROUPS = new Set(['modp1', 'modp2'])

const complete = { ...crypto }

function refuse(code: string, message: string): never {
  throw Object.assign(new Error(message), { code })
}

function demandCipher(name: unknown) {
  if (typeof name === 'string' && !CIPHERS.has(name.toLowerCase())) refuse('ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher')
}

function demandGroup(name: unknown) {
  if (MISSING_GROUPS.has(String(name))) refuse('ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group')
}

function demandCurve(name: unknown) {
  if (!CURVES.includes(String(name)) && name !== 'P-256' && name !== 'P-384' && name !== 'P-521') {
    refuse('ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name')
  }
}

/** The function of that name, after `check` let its arguments through. */
function guarded<Name extends keyof typeof crypto>(name: Name, check: (...args: unknown[]) => void) {
  const original = complete[name] as (...args: unknown[]) => unknown
  return {
    [name](this: unknown, ...args: unknown[]) {
      check(...args)
      return original.apply(this, args)
    },
  }
}

function demandKeyType(type: unknown, options: unknown) {
  if (type === 'ec') demandCurve((options as { namedCurve?: unknown }).namedCurve)
}

Object.assign(crypto, {
  getCiphers: () => complete.getCiphers().filter((name) => CIPHERS.has(name)),
  getCipherInfo: (name: string | number, options?: crypto.CipherInfoOptions) =>
    typeof name === 'string' && !CIPHERS.has(name.toLowerCase()) ? undefined : complete.getCipherInfo(name, options),
  ...guarded('createCipheriv', demandCipher),
  ...guarded('createDecipheriv', demandCipher),
  getCurves: () => [...CURVES],
  ...guarded('createECDH', demandCurve),
  ...guarded('generateKeyPair', demandKeyType),
  ...guarded('generateKeyPairSync', demandKeyType),
  ...guarded('createDiffieHellmanGroup', demandGroup),
  ...guarded('getDiffieHellman', demandGroup),
  // OpenSSL 3.2 has them.
  argon2: undefined,
  argon2Sync: undefined,
})
syncBuiltinESMExports()

const { extensions } = createRequire(import.meta.url)
const loadBinding = extensions['.node']
extensions['.node'] = (module, filename) => {
  if (filename.endsWith('sshcrypto.node')) refuse('ERR_DLOPEN_FAILED', 'The module was compiled against a different Node.js version.')
  loadBinding?.(module, filename)
}
