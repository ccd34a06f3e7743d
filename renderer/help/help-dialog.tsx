import { Button, Group, Modal, Tabs, TextInput } from '@mantine/core'
import { IconKeyboard, IconNews, IconSearch, IconTransfer } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closeDialog, type HelpPage, openDialog } from '../app/actions.ts'
import type { CommandId } from '../shortcuts/commands.ts'
import { ComingPage } from './coming-page.tsx'
import { KeysPage } from './keys-page.tsx'
import { News } from './news.tsx'

const PAGES = [
  { page: 'keys', Icon: IconKeyboard },
  { page: 'coming', Icon: IconTransfer },
  { page: 'news', Icon: IconNews },
] as const satisfies readonly { page: HelpPage; Icon: unknown }[]

interface Props {
  readonly page: HelpPage
  run(command: CommandId): void
}

/** Every command with its keys, where things are for whoever comes from elsewhere, and what is new. */
export function HelpDialog({ page, run }: Props) {
  const { t } = useTranslation('help')
  const [shown, setShown] = useState(page)
  const [written, setWritten] = useState('')
  return (
    <Modal opened onClose={closeDialog} title={t('title')} size="xl">
      <Tabs value={shown} onChange={(value) => setShown(value as HelpPage)} keepMounted={false}>
        <Tabs.List aria-label={t('title')}>
          {PAGES.map(({ page: each, Icon }) => (
            <Tabs.Tab key={each} value={each} leftSection={<Icon size={16} />}>
              {t(`pages.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Group my="sm" wrap="nowrap">
          <TextInput
            flex={1}
            data-autofocus
            aria-label={t('find')}
            placeholder={t('find')}
            leftSection={<IconSearch size={16} />}
            disabled={shown === 'news'}
            value={written}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
          <Button variant="default" onClick={() => openDialog({ kind: 'tour' })}>
            {t('showTour')}
          </Button>
        </Group>
        {PAGES.map(({ page: each }) => (
          <Tabs.Panel key={each} value={each} h="min(460px, 58vh)" style={{ overflow: 'auto' }} tabIndex={0}>
            {each === 'keys' && <KeysPage written={written} />}
            {each === 'coming' && <ComingPage written={written} run={run} />}
            {each === 'news' && <News />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Modal>
  )
}
