import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useSharedFolder } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { ChooseFolder } from './choose-folder.tsx'
import { Conflict } from './conflict.tsx'
import { Missing } from './missing.tsx'

/** A folder of the person's own in which the bookmarks are as well, and what of it is theirs to decide. */
export function SharedFolderDialog() {
  const { t } = useTranslation('sharing')
  const { folder } = useSharedFolder()
  return (
    <Modal opened onClose={closeDialog} title={t('title')} size="lg">
      <Stack gap="sm">
        <Text size="sm">{t('text')}</Text>
        {folder === undefined ? <ChooseFolder /> : <Joined folder={folder} />}
      </Stack>
    </Modal>
  )
}

function Joined({ folder }: { readonly folder: string }) {
  const { t } = useTranslation('sharing')
  const { problem, records, conflicts, gone, removed, leftAlone } = useSharedFolder()
  async function leave() {
    await attempt(() => api.bookmarks.shared.leave())
    notifications.show({ message: t('left') })
  }
  return (
    <>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('joined', { folder })}
          </Text>
          {!problem && (
            <Text size="xs" c="dimmed" role="status">
              {t('records', { count: records })}
            </Text>
          )}
        </div>
        <Button variant="default" size="xs" style={{ flex: 'none' }} onClick={() => void leave()}>
          {t('leave')}
        </Button>
      </Group>
      {problem && (
        <Alert color="orange" variant="light" p="xs" role="alert">
          {t(`problems.${problem}`)}
        </Alert>
      )}
      {conflicts.length > 0 && (
        <section aria-label={t('conflicts')}>
          <Text fw={600} size="sm">
            {t('conflicts')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('conflictHint')}
          </Text>
          {conflicts.map((conflict) => (
            <Conflict key={conflict.id} conflict={conflict} />
          ))}
        </section>
      )}
      <Missing kind="gone" items={gone} />
      <Missing kind="removed" items={removed} />
      {leftAlone.length > 0 && (
        <section aria-label={t('leftAlone')}>
          <Text fw={600} size="sm">
            {t('leftAlone')}
          </Text>
          {leftAlone.map(({ file, reason }) => (
            <Text key={`${file} ${reason}`} size="xs" style={{ overflowWrap: 'anywhere' }}>
              <Code>{file}</Code> {t(`reasons.${reason}`)}
            </Text>
          ))}
        </section>
      )}
    </>
  )
}
