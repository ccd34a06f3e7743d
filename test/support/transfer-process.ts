// A process of its own, to be killed: node transfer-process.ts <direction> <port> <user> <key> <source> <folder> <ledger file>
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Unfinished } from '../../core/transfers/ledger.ts'
import { download, openTestLanes, upload } from './transfers.ts'

const [direction, port, user = '', keyPath = '', source = '', folder = '', ledgerFile = ''] = process.argv.slice(2)
const publicKey = readFileSync(`${keyPath}.pub`, 'utf8')
const key = { path: keyPath, text: readFileSync(keyPath, 'utf8'), publicKey, blob: Buffer.from(publicKey.split(' ')[1] ?? '', 'base64') }
const resumed = existsSync(ledgerFile)
const entries: Record<string, Unfinished | undefined> = resumed ? JSON.parse(readFileSync(ledgerFile, 'utf8')) : {}

const lanes = await openTestLanes({ port: Number(port), user, key })
let moved: number | undefined
await (direction === 'upload' ? upload : download)(source, folder, lanes, {
  resumed,
  ledger: {
    job: 'killed',
    noteEveryMs: 0,
    get: (path) => entries[path],
    set(path, value) {
      entries[path] = value
      writeFileSync(`${ledgerFile}.new`, JSON.stringify(entries))
      renameSync(`${ledgerFile}.new`, ledgerFile)
      process.send?.({ noted: value?.done ?? 0 })
    },
  },
  onBytes(bytes) {
    if (moved === undefined) process.send?.({ from: bytes })
    moved = bytes
  },
})
process.exit(0)
