import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import i18next from 'i18next'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { TextFile } from '../../contract/models/text-file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { lastName } from '../files/paths.ts'
import type { OpenDocument } from './documents.ts'
import classes from './editor.module.css'
import { placeOf } from './not-connected.ts'
import type { OpenText } from './open-text.ts'
import { saveText } from './save-text.ts'
import { basics, TAB_STOP } from './text-view.ts'

const COMPARING = 'compare'

/** The file as it is on the host now, beside what is here. */
export async function compareWithHost(text: OpenText, document: OpenDocument): Promise<void> {
  const theirs = await attempt(() => api.editor.open({ ...placeOf(document), path: text.file().path, large: true }))
  if (!theirs) return
  modals.open({
    modalId: COMPARING,
    title: i18next.t('editor:compare.title', { name: shownName(lastName(theirs.path)) }),
    size: 'min(1200px, 95vw)',
    children: <Comparison text={text} theirs={theirs} host={document.host} />,
  })
}

function Comparison({ text, theirs, host }: { readonly text: OpenText; readonly theirs: TextFile; readonly host: string }) {
  const { t } = useTranslation('editor')
  const place = useRef<HTMLDivElement>(null)
  const merge = useRef<MergeView>(undefined)
  useEffect(() => {
    const view = new MergeView({
      a: {
        doc: theirs.text,
        extensions: [...basics(t('compare.theirs', { host })), EditorState.readOnly.of(true), EditorView.editable.of(false), TAB_STOP],
      },
      b: {
        doc: text.text.view.state.doc.toString(),
        extensions: [...basics(t('compare.mine')), history(), keymap.of([...historyKeymap, ...defaultKeymap])],
      },
      revertControls: 'a-to-b',
      renderRevertControl: () => {
        const button = document.createElement('button')
        button.type = 'button'
        button.textContent = '→'
        button.ariaLabel = t('compare.take')
        button.title = t('compare.take')
        return button
      },
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    })
    place.current?.append(view.dom)
    merge.current = view
    return () => view.destroy()
  }, [text, theirs, host, t])

  function save() {
    const mine = merge.current?.b.state.doc.toString()
    modals.close(COMPARING)
    if (mine === undefined) return
    text.replace(mine)
    text.rebase(theirs)
    void saveText(text)
  }
  return (
    <Stack gap="xs">
      <Group grow gap="xs">
        <Text size="sm" fw={600}>
          {t('compare.theirs', { host })}
        </Text>
        <Text size="sm" fw={600}>
          {t('compare.mine')}
        </Text>
      </Group>
      <div ref={place} className={classes.merge} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => modals.close(COMPARING)}>
          {t('cancel')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            modals.close(COMPARING)
            text.adopt(theirs)
          }}
        >
          {t('compare.takeAll')}
        </Button>
        <Button onClick={save}>{t('compare.save')}</Button>
      </Group>
    </Stack>
  )
}
