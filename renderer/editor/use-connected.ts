import { useEffect } from 'react'
import type { UserErrorData } from '../../contract/errors.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import { useTerminals } from '../api/live.ts'
import type { OpenDocument } from './documents.ts'

/** What waited for a connection goes on when there is one. */
export function useConnected(document: OpenDocument, error: UserErrorData | undefined, retry: () => void): void {
  const wanted = targetKey(document.target)
  const connected = useTerminals().some(({ phase, target }) => phase.kind === 'open' && targetKey(target) === wanted)
  const waits = error?.code === 'FILES_UNAVAILABLE' && error.details.problem === 'not-connected'
  useEffect(() => {
    if (connected && waits) retry()
  }, [connected, waits, retry])
}
