import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const PASSPHRASE = 'geheim ñ 1'

/** Keys made by the programs that people make them with; each function gives the path of a new private key. */
export function keyForms(folder: string) {
  const passphraseFile = join(folder, 'passphrase')
  const emptyFile = join(folder, 'empty')
  writeFileSync(passphraseFile, PASSPHRASE)
  writeFileSync(emptyFile, '')
  let count = 0
  const next = (name: string) => join(folder, `${++count}-${name}`)
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' })

  function openssh(type: string, ...options: string[]): string {
    const path = next(type)
    run('ssh-keygen', '-q', '-t', type, '-N', '', '-C', 'me@here', ...options, '-f', path)
    return path
  }
  return {
    run,
    openssh,
    /** Few rounds: each takes milliseconds without native code. */
    encryptedOpenssh: (type: string, ...options: string[]) => openssh(type, '-N', PASSPHRASE, '-a', '2', ...options),
    pkcs1(encrypted = false): string {
      const path = next('pkcs1.pem')
      run(
        'openssl',
        'genrsa',
        '-traditional',
        ...(encrypted ? ['-aes128', '-passout', `file:${passphraseFile}`] : []),
        '-out',
        path,
        '2048',
      )
      return path
    },
    sec1(curve: string): string {
      const path = next(`${curve}.pem`)
      run('openssl', 'ecparam', '-name', curve, '-genkey', '-out', path)
      return path
    },
    pkcs8(algorithm: 'rsa' | 'ed25519' | 'ec', encrypted = false): string {
      const path = next(`${algorithm}-pkcs8.pem`)
      const options = algorithm === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:P-256'] : []
      const cipher = encrypted ? ['-aes-256-cbc', '-pass', `file:${passphraseFile}`] : []
      run('openssl', 'genpkey', '-algorithm', algorithm, ...options, ...cipher, '-out', path)
      return path
    },
    putty(from: string, version: 2 | 3, encrypted = false, ...parameters: string[]): string {
      const path = next(`v${version}.ppk`)
      const to = encrypted ? passphraseFile : emptyFile
      const format = [`version=${version}`, ...parameters].join(',')
      run('puttygen', from, '-o', path, '-O', 'private', '--ppk-param', format, '--old-passphrase', emptyFile, '--new-passphrase', to)
      return path
    },
    /** What ssh-keygen itself reads out of a private key: `ssh-ed25519 AAAA…`. */
    publicKeyOf(path: string, encrypted = false): string {
      return run('ssh-keygen', '-y', '-P', encrypted ? PASSPHRASE : '', '-f', path)
        .trim()
        .split(' ')
        .slice(0, 2)
        .join(' ')
    },
    read: (path: string) => readFileSync(path),
  }
}
