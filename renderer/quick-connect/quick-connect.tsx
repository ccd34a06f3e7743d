import { Autocomplete, Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useBookmarks } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { openQuickTarget, openWithKey } from './open.ts'
import { isProblem, parseQuickConnect, type QuickProblem } from './parse.ts'
import { suggestions } from './suggestions.ts'

/** `user@host:port`, or what one had before. */
export function QuickConnect({ onOpened }: { onOpened?(): void }) {
  const { t } = useTranslation('bookmarks')
  const state = useBookmarks()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<QuickProblem>()
  const { history, bookmarks } = suggestions(state)

  function connect(wanted: string, filesOnly = false) {
    const suggested = [...history, ...bookmarks].find(({ label }) => label === wanted)
    const parsed = suggested ? undefined : parseQuickConnect(wanted)
    if (parsed && isProblem(parsed)) {
      setProblem(parsed)
      return
    }
    const only = filesOnly ? ({ filesOnly: true } as const) : {}
    if (suggested) void openWithKey({ ...suggested.target, ...only }, suggested.keyPath)
    if (parsed) void openQuickTarget({ ...parsed, ...only })
    setText('')
    onOpened?.()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        connect(text)
      }}
    >
      <Stack gap="sm">
        <Autocomplete
          data-autofocus
          label={t('quick.label')}
          description={t('quick.hint')}
          placeholder={t('quick.placeholder')}
          autoComplete="off"
          spellCheck={false}
          limit={8}
          // Escape would close a list that nobody sees, and not the dialog.
          openOnFocus={history.length + bookmarks.length > 0}
          data={[
            { group: t('quick.groups.history'), items: history.map(({ label }) => label) },
            { group: t('quick.groups.bookmarks'), items: bookmarks.map(({ label }) => label) },
          ].filter(({ items }) => items.length > 0)}
          value={text}
          error={problem && t(`quick.problems.${problem.problem}`, { part: problem.part })}
          onChange={(value) => {
            setText(value)
            setProblem(undefined)
          }}
          onOptionSubmit={(wanted) => connect(wanted)}
        />
        <Group justify="space-between">
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            disabled={state.history.length === 0}
            onClick={() => void attempt(() => api.bookmarks.clearHistory())}
          >
            {t('quick.clear')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={() => connect(text, true)}>
              {t('quick.files')}
            </Button>
            <Button type="submit">{t('quick.connect')}</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
