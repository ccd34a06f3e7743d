import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { targetKey } from '../../contract/models/target-key.ts'
import { useLive, useSettings } from '../api/live.ts'
import { useDelayed } from '../app/use-delayed.ts'
import { change } from '../settings/change.ts'
import type { Session } from '../terminal/session.ts'
import type { Tab } from '../workspace/tabs.ts'
import classes from './files.module.css'
import { HookDialog } from './hook-dialog.tsx'
import { useFolderHook } from './use-folder-hook.ts'
import type { ViewStore } from './view.ts'

/** A shell that tells its folder has done so with its first prompt. */
const FIRST_PROMPT_MS = 2_000

interface Props {
  readonly tab: Tab
  readonly session: Session
  readonly view: ViewStore
}

/** Where the shell does not say which folder it is in: how it can be taught to. */
export function HookOffer({ tab, session, view }: Props) {
  const { t } = useTranslation('files')
  const silent = useStore(session.state, ({ folder, printed }) => printed && folder === undefined)
  const refused = useSettings().noFolderHook.includes(targetKey(tab.target))
  const asked = useStore(view, ({ dialog }) => dialog === 'hook')
  const waited = useDelayed(silent && !refused, FIRST_PROMPT_MS)
  const { terminalId } = tab
  const { hook } = useFolderHook(terminalId, waited)
  const ask = (is: boolean) => view.setState({ dialog: is ? 'hook' : undefined })
  return (
    <>
      {asked && <HookDialog terminalId={terminalId} onClose={() => ask(false)} />}
      {waited && hook && hook.state !== 'installed' && (
        <div className={classes.offer} role="status">
          <span>{t('hook.offer', { shell: hook.shell })}</span>
          <Button size="compact-xs" variant="default" onClick={() => ask(true)}>
            {t('hook.show')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => refuse(targetKey(tab.target))}>
            {t('hook.no')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Not offered again for this host; the menu has it all the same. */
function refuse(key: string): void {
  change({ noFolderHook: [...useLive.getState().settings.noFolderHook, key] })
}
