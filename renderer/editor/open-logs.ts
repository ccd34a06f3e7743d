import { type OpenDocument, useDocuments } from './documents.ts'
import { type OpenLog, openLog } from './open-log.ts'

const logs = new Map<string, OpenLog>()

useDocuments.subscribe(({ documents }) => {
  for (const [key, log] of logs) {
    if (documents.some((document) => document.key === key)) continue
    logs.delete(key)
    log.dispose()
  }
})

/** The one of this tab, which outlives its panel. */
export function logOf(document: OpenDocument): OpenLog {
  const log = logs.get(document.key) ?? openLog(document)
  logs.set(document.key, log)
  return log
}
