import { Button } from '@mantine/core'
import { IconFolderSymlink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSharedFolder } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'

/** Above the bookmarks: that their shared folder asks something, or is away. Nothing while all is well. */
export function SharedNotice() {
  const { t } = useTranslation('sharing')
  const { folder, problem, conflicts, gone, removed } = useSharedFolder()
  const count = conflicts.length + gone.length + removed.length
  if (folder === undefined || (count === 0 && !problem)) return undefined
  return (
    <Button
      mx="xs"
      mt={6}
      h="auto"
      mih={26}
      size="compact-sm"
      styles={{ label: { whiteSpace: 'normal' } }}
      variant="light"
      color="orange"
      leftSection={<IconFolderSymlink size={15} />}
      onClick={() => openDialog({ kind: 'shared-folder' })}
    >
      {problem ? t('noticeProblem') : t('notice', { count })}
    </Button>
  )
}
