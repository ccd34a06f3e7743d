import papaparse from 'papaparse'
import type { Session } from './session.ts'
import { toSessions } from './session.ts'
import type { Sessions, SourceFile } from './source.ts'

/** Termius's CSV: `Groups,Label,Tags,Hostname/IP,Protocol,Port,Username,Password,SSH_KEY`, in any order, the last ones optional. */
export const CSV_COLUMNS = ['Groups', 'Label', 'Tags', 'Hostname/IP', 'Protocol', 'Port', 'Username'] as const

export function isTermius(text: string): boolean {
  const [head = ''] = text.replace(/^\ufeff/, '').split('\n', 1)
  return /(^|,)\s*"?Hostname\/IP"?\s*(,|$)/i.test(head.trim())
}

export function readTermius({ text }: SourceFile): Sessions {
  const { data } = papaparse.parse<Record<string, unknown>>(text.replace(/^\ufeff/, ''), {
    header: true,
    delimiter: ',',
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  })
  return toSessions(data.map(readRow))
}

function readRow(row: Record<string, unknown>): Session {
  const value = (column: string) => {
    const cell = row[column.toLowerCase()]
    return typeof cell === 'string' ? cell.trim() : ''
  }
  return {
    name: value('Label'),
    folder: value('Groups').split('/'),
    protocol: value('Protocol') || 'ssh',
    host: value('Hostname/IP'),
    port: value('Port'),
    user: value('Username'),
    notes: value('Tags'),
    left: [value('Password') !== '' && 'password', value('SSH_KEY') !== '' && 'key-inside'],
  }
}
