import { modals } from '@mantine/modals'
import type { DockviewPanelApi, IDockviewPanel } from 'dockview-react'
import i18next from 'i18next'
import { lookOf } from './tab-look.ts'
import { findTab } from './tabs.ts'

/** The other terminals of this tab's group but those that are pinned. */
export function closeOthers(api: DockviewPanelApi): void {
  close(api.group.panels.filter(({ id }) => id !== api.id))
}

/** Those that stand behind it. */
export function closeToTheRight(api: DockviewPanelApi): void {
  const { panels } = api.group
  close(panels.slice(panels.findIndex(({ id }) => id === api.id) + 1))
}

/** Asks first when that would end several running shells. */
function close(panels: readonly IDockviewPanel[]): void {
  const closing = panels.filter((panel) => findTab(panel.id) && !lookOf(panel.api).pinned)
  const running = closing.filter((panel) => findTab(panel.id)?.terminal?.phase.kind === 'open')
  const closeAll = () => {
    for (const panel of closing) panel.api.close()
  }
  if (running.length < 2) {
    closeAll()
    return
  }
  const t = i18next.getFixedT(null, 'workspace')
  modals.openConfirmModal({
    title: t('closeSeveral.title', { count: running.length }),
    children: t('closeSeveral.text'),
    labels: { confirm: t('closeSeveral.do'), cancel: t('cancel') },
    confirmProps: { color: 'red' },
    onConfirm: closeAll,
  })
}
