import { modals } from '@mantine/modals'
import type { DockviewPanelApi } from 'dockview-react'
import i18next from 'i18next'
import { findTab } from './tabs.ts'

/** Closes the other terminals of this tab's group; asks first when that would end several running shells. */
export function closeOthers(api: DockviewPanelApi): void {
  const others = api.group.panels.filter((panel) => panel.id !== api.id && findTab(panel.id))
  const running = others.filter((panel) => findTab(panel.id)?.terminal?.phase.kind === 'open')
  const close = () => {
    for (const panel of others) panel.api.close()
  }
  if (running.length < 2) {
    close()
    return
  }
  const t = i18next.getFixedT(null, 'workspace')
  modals.openConfirmModal({
    title: t('closeSeveral.title', { count: running.length }),
    children: t('closeSeveral.text'),
    labels: { confirm: t('closeSeveral.do'), cancel: t('cancel') },
    confirmProps: { color: 'red' },
    onConfirm: close,
  })
}
