import type { DockviewApi } from 'dockview-react'
import { shownName } from '../../contract/shown-name.ts'
import { lastName } from '../files/paths.ts'
import { askBeforeClosing } from './close.tsx'
import { findDocument, forgetDocument, type OpenDocument, setActivator, useDocuments } from './documents.ts'

/** Ties the documents to dockview's panels. */
export function bindDocuments(dock: DockviewApi): () => void {
  const show = (documents: readonly OpenDocument[]) => {
    for (const document of documents) {
      const panel = dock.getPanel(document.key) ?? addPanel(dock, document)
      const title = shownName(lastName(document.path))
      if (panel.title !== title) panel.api.setTitle(title)
    }
  }
  show(useDocuments.getState().documents)
  setActivator((key) => dock.getPanel(key)?.api.setActive())
  return useDocuments.subscribe(({ documents }, before) => {
    if (documents === before.documents) return
    for (const { key } of before.documents) {
      const panel = documents.some((document) => document.key === key) ? undefined : dock.getPanel(key)
      if (panel) dock.removePanel(panel)
    }
    show(documents)
  })
}

/** Whatever closed it: with unsaved work it comes back, and the person is asked. */
export function documentRemoved(dock: DockviewApi, key: string): void {
  const document = findDocument(key)
  if (!document) return
  if (useDocuments.getState().unsaved.has(key)) {
    addPanel(dock, document).api.setActive()
    askBeforeClosing(key)
  } else forgetDocument(key)
}

function addPanel(dock: DockviewApi, document: OpenDocument) {
  const neighbour = dock.activePanel ?? dock.panels.at(-1)
  return dock.addPanel({
    id: document.key,
    title: shownName(lastName(document.path)),
    component: 'document',
    tabComponent: 'document',
    renderer: 'onlyWhenVisible',
    inactive: true,
    ...(neighbour && { position: { referencePanel: neighbour } }),
  })
}
