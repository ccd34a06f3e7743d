import { Select } from '@mantine/core'
import { IconServer } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { HOME_FOLDER, idOfLocal, localIdOf } from '../../contract/models/local-folder.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import { api, query } from '../api/client.ts'
import { useAppInfo, useLive, useSettings } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { change } from '../settings/change.ts'
import { isRemote, type RemoteTab, useTabs } from '../workspace/tabs.ts'
import { useHeld } from './actions.tsx'
import classes from './files.module.css'
import { FilesPane } from './files-pane.tsx'
import { PaneContext, type PaneList, type Source } from './source.ts'
import { viewOf } from './view.ts'

/** The key of the tab whose host is shown beside another tab's; absent: this computer is. */
const useBeside = create<Readonly<Record<string, string | undefined>>>(() => ({}))

/** This computer, or another host, and the tab's own host: what is in the one goes to the other. */
export function TwoPanes({ source }: { readonly source: Source }) {
  const { t } = useTranslation('files')
  const main = useRef<PaneList>(null)
  const beside = useRef<PaneList>(null)
  const other = useOther(source)
  const mainPane = useMemo(() => ({ main: true, own: main, other: beside }), [])
  const otherPane = useMemo(() => ({ main: false, own: beside, other: main }), [])
  return (
    <div className={classes.panesRoom}>
      <div className={classes.panes}>
        <section className={classes.pane} aria-label={t('panes.beside', { name: source.name })}>
          <PaneContext value={otherPane}>
            <BesideChoice source={source} other={other} />
            <FilesPane key={other.key} source={other} />
          </PaneContext>
        </section>
        <section className={classes.pane} aria-label={t('panes.main', { name: source.name })}>
          <PaneContext value={mainPane}>
            <div className={classes.paneHead}>
              <IconServer size={14} aria-hidden />
              <span className={classes.text}>{source.name}</span>
            </div>
            <FilesPane source={source} />
          </PaneContext>
        </section>
      </div>
    </div>
  )
}

/** What is shown beside it. This computer's folder is where one was last, in whichever tab. */
function useOther({ key }: Source): Source {
  const { t } = useTranslation('files')
  const tabKey = useBeside((beside) => beside[key])
  const tab = useTabs(({ tabs }) => tabs.find((candidate): candidate is RemoteTab => candidate.key === tabKey && isRemote(candidate)))
  const known = useFolders()
  const { filesLocal } = useSettings()
  const folderId = known && !known.some(({ id }) => id === filesLocal.folderId) ? HOME_FOLDER : filesLocal.folderId
  const local: Source = { key: `${key}/${folderId}`, terminalId: idOfLocal(folderId), name: t('panes.here') }
  const view = viewOf(local.key, filesLocal.folderId === folderId ? filesLocal.path : undefined)
  useEffect(
    () =>
      view.subscribe(({ path = '/' }, before) => {
        if (path !== (before.path ?? '/')) change({ filesLocal: { folderId, path } })
      }),
    [view, folderId],
  )
  if (!tab) return local
  return { key: `${key}/${tab.key}`, terminalId: tab.terminalId, name: nameOf(tab), host: { tab } }
}

const nameOf = ({ terminal }: RemoteTab) => terminal?.name ?? ''

function useFolders() {
  return useQuery(query.localFolders.list.queryOptions({ staleTime: 0 })).data
}

const CHOOSE = 'choose'

/** Which folder of this computer, or which host. */
function BesideChoice({ source, other }: { readonly source: Source; readonly other: Source }) {
  const { t } = useTranslation('files')
  const { refetch, data: folders = [] } = useQuery(query.localFolders.list.queryOptions({ staleTime: 0 }))
  const canChoose = useAppInfo()?.canChooseFiles
  const tabs = useTabs((state) => state.tabs)
  const open = tabs.filter((tab): tab is RemoteTab => isRemote(tab) && tab.terminal?.phase.kind === 'open')
  const hosts = open.filter(({ target }, index) => open.findIndex((tab) => targetKey(tab.target) === targetKey(target)) === index)
  const show = (beside: string | undefined, folderId?: string) => {
    useBeside.setState({ [source.key]: beside })
    // What was cut in one folder of this computer is not put into another: they know nothing of each other.
    const { clipboard } = useHeld.getState()
    if (folderId !== undefined && clipboard && localIdOf(clipboard.terminalId) !== undefined) useHeld.setState({ clipboard: undefined })
    if (folderId !== undefined && folderId !== useLive.getState().settings.filesLocal.folderId)
      change({ filesLocal: { folderId, path: viewOf(`${source.key}/${folderId}`).getState().path ?? '/' } })
  }
  async function choose() {
    const chosen = await attempt(() => api.localFolders.choose())
    if (!chosen) return
    await refetch()
    show(undefined, chosen.id)
  }
  const here = [
    ...folders.map(({ id, name }) => ({ value: idOfLocal(id), label: id === HOME_FOLDER ? t('panes.home') : name })),
    ...(canChoose ? [{ value: CHOOSE, label: t('panes.choose') }] : []),
  ]
  return (
    <div className={classes.paneHead}>
      <Select
        className={classes.paneChoice}
        size="xs"
        variant="unstyled"
        aria-label={t('panes.which', { name: source.name })}
        allowDeselect={false}
        checkIconPosition="right"
        comboboxProps={{ width: 240, position: 'bottom-start' }}
        data={[
          { group: t('panes.computer'), items: here },
          { group: t('panes.hosts'), items: hosts.map((tab) => ({ value: tab.key, label: nameOf(tab) })) },
        ]}
        value={other.host?.tab.key ?? other.terminalId}
        onChange={(value) => {
          if (value === CHOOSE) void choose()
          else if (value !== null) show(localIdOf(value) === undefined ? value : undefined, localIdOf(value))
        }}
      />
    </div>
  )
}
