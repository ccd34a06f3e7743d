import { ActionIcon, Button, Code, Group, Loader, Modal, Stack, Text, Tooltip } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FolderHook } from '../../contract/models/folder-hook.ts'
import { shownName } from '../../contract/shown-name.ts'
import { api, toUserError } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { copy } from '../instances/copy.ts'
import { shellWord } from './shell-word.ts'
import { useFolderHook } from './use-folder-hook.ts'

interface Props {
  readonly terminalId: string
  onClose(): void
}

/** Which lines go into which file of the host, before they do, and the way back. */
export function HookDialog({ terminalId, onClose }: Props) {
  const { t } = useTranslation('files')
  const { looked, hook, error, isFetching, look, know } = useFolderHook(terminalId, true)
  const [doing, setDoing] = useState<'install' | 'remove'>()
  const late = useDelayed(isFetching)
  async function act(what: 'install' | 'remove') {
    setDoing(what)
    const done = await attempt(() => api.folderHook[what]({ terminalId }))
    setDoing(undefined)
    if (done) know(done)
  }
  return (
    <Modal opened onClose={onClose} title={t('hook.title')} size="lg">
      <Stack gap="sm">
        {late && <Loader size="xs" aria-label={t('loading')} />}
        {error && <ErrorMessage error={toUserError(error)} onRetry={look} />}
        {looked && !hook && <Text size="sm">{t('hook.unknown')}</Text>}
        {hook && (
          <>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t(`hook.${hook.state}`, { file: shownName(hook.file), shell: hook.shell })}
            </Text>
            <Lines label={t('hook.lines')} text={hook.lines} />
            {hook.state === 'installed' && <Now hook={hook} />}
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('hook.close')}
          </Button>
          {hook && hook.state !== 'absent' && (
            <Button variant="default" color="red" loading={doing === 'remove'} onClick={() => void act('remove')}>
              {t('hook.remove')}
            </Button>
          )}
          {hook && hook.state !== 'installed' && (
            <Button data-autofocus loading={doing === 'install'} onClick={() => void act('install')}>
              {t('hook.install')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

/** The shell that runs has read its files already. */
function Now({ hook }: { readonly hook: FolderHook }) {
  const { t } = useTranslation('files')
  return (
    <>
      <Text size="sm">{t('hook.now')}</Text>
      <Lines label={t('hook.command')} text={`source ${shellWord(hook.file)}`} />
    </>
  )
}

function Lines({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation('files')
  return (
    <Group gap={4} align="flex-start" wrap="nowrap">
      {/* It scrolls, so the keyboard must be able to come to it. */}
      <Code block tabIndex={0} aria-label={label} style={{ flex: 1, minWidth: 0, maxHeight: '40vh', overflow: 'auto' }}>
        {text}
      </Code>
      <Tooltip label={t('hook.copy')}>
        <ActionIcon size="sm" aria-label={`${t('hook.copy')}: ${label}`} onClick={() => void copy(text)}>
          <IconCopy size={14} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
