import { Button, Group, List, Skeleton, Text, TextInput } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, query, toUserError } from '../api/client.ts'
import { useAppInfo } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'

/** By the system's dialog where there is one, or by its path. What would be done is shown before it is. */
export function ChooseFolder() {
  const { t } = useTranslation('sharing')
  const canChoose = useAppInfo()?.canChooseFiles ?? false
  const [typed, setTyped] = useState('')
  const [path, setPath] = useState<string>()

  async function choose() {
    const chosen = await attempt(() => api.bookmarks.shared.choose())
    if (chosen?.path === undefined) return
    setTyped(chosen.path)
    setPath(chosen.path)
  }
  function look(event: FormEvent) {
    event.preventDefault()
    if (typed.trim() !== '') setPath(typed.trim())
  }
  return (
    <>
      <form onSubmit={look}>
        <Group gap="xs" align="flex-end">
          {canChoose && (
            <Button variant="default" leftSection={<IconFolder size={15} />} onClick={() => void choose()}>
              {t('choose')}
            </Button>
          )}
          <TextInput
            flex={1}
            miw={200}
            label={t('path')}
            placeholder="~/Dropbox/Mooring"
            spellCheck={false}
            data-autofocus
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              setPath(undefined)
            }}
          />
          <Button type="submit" variant="default" disabled={typed.trim() === ''}>
            {t('look')}
          </Button>
        </Group>
      </form>
      {path !== undefined && <Look key={path} path={path} />}
    </>
  )
}

function Look({ path }: { readonly path: string }) {
  const { t } = useTranslation('sharing')
  const { data, error } = useQuery(query.bookmarks.shared.look.queryOptions({ input: { path }, gcTime: 0 }))
  if (error) return <ErrorMessage error={toUserError(error)} />
  if (!data) return <Skeleton height={80} role="status" aria-label={t('look')} />
  const { written, added, different, leftAlone } = data
  return (
    <>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t('would', { path: data.path })}
      </Text>
      <List size="sm" aria-label={t('would', { path: data.path })}>
        {written > 0 && <List.Item>{t('written', { count: written })}</List.Item>}
        {added > 0 && <List.Item>{t('added', { count: added })}</List.Item>}
        {different > 0 && <List.Item>{t('different', { count: different })}</List.Item>}
        {leftAlone > 0 && <List.Item>{t('ignored', { count: leftAlone })}</List.Item>}
        {written + added + different + leftAlone === 0 && <List.Item>{t('nothing')}</List.Item>}
      </List>
      <Group justify="flex-end">
        <Button onClick={() => void attempt(() => api.bookmarks.shared.join({ path: data.path }))}>{t('join')}</Button>
      </Group>
    </>
  )
}
