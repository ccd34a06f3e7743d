import type { Listening } from '../../contract/models/deploy.ts'

/** Of `ss -ltnH`, `netstat -an` or /proc/net/tcp{,6}: who can come at a TCP port. */
export function listeningAt(port: number, table: string): Listening {
  const addresses = table.split('\n').flatMap((line) => localAddress(line, port) ?? [])
  if (addresses.length === 0) return 'nowhere'
  return addresses.every(isLoopback) ? 'loopback' : 'everywhere'
}

const LISTEN = '0A'

function localAddress(line: string, port: number): string | undefined {
  // proc(5): `sl local_address rem_address st`, the address in hexadecimal, each word of four bytes in the machine's order.
  const [, hex, hexPort, state] = /^\s*\d+:\s+([0-9A-F]{8}(?:[0-9A-F]{24})?):([0-9A-F]{4})\s+\S+\s+([0-9A-F]{2})\s/.exec(line) ?? []
  if (hex && hexPort) return state === LISTEN && Number.parseInt(hexPort, 16) === port ? hex : undefined
  if (!/\bLISTEN\b/.test(line)) return undefined
  // ss writes `0.0.0.0:5000`, `[::]:5000`, `*:5000`, `127.0.0.53%lo:53`; netstat of the BSDs `*.5000`, `127.0.0.1.5000`.
  const fields = line.trim().split(/\s+/)
  const local = fields.find((field) => /[:.]\d{1,5}$/.test(field))
  const [, address, found] = /^(.*)[:.](\d{1,5})$/.exec(local ?? '') ?? []
  return address !== undefined && Number(found) === port ? address : undefined
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  return (
    /^127\./.test(plain) ||
    /^::ffff:127\./i.test(plain) ||
    plain === '::1' ||
    plain === 'localhost' ||
    // 127.x.y.z and ::1 as little-endian words; ::ffff:127.x.y.z.
    /^[0-9A-F]{6}7F$/.test(plain) ||
    plain === '00000000000000000000000001000000' ||
    /^0{16}FFFF0000[0-9A-F]{6}7F$/.test(plain)
  )
}
