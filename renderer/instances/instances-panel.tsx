import { ActionIcon, CloseButton, Group, Stack, TextInput, Title, Tooltip } from '@mantine/core'
import { IconPlus, IconRefresh } from '@tabler/icons-react'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useInventory, useProfiles } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { connect } from './actions.tsx'
import { setFilter, useFilter } from './filter.ts'
import classes from './instances.module.css'
import { InstancesList } from './instances-list.tsx'
import { useListRows } from './use-instances.ts'

/** The rail's first room: every instance, filtered as one types. */
export function InstancesPanel() {
  const { t } = useTranslation(['shell', 'launch'])
  const rows = useListRows()
  const list = useRef<HTMLDivElement>(null)
  const busy = useInventory().regions.some((region) => region.phase === 'loading')

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      list.current?.focus()
    }
    const first = rows.find((row) => row.kind === 'instance')
    if (event.key === 'Enter' && first) connect([first.instance])
    if (event.key === 'Escape') setFilter('')
  }

  return (
    <>
      <Group justify="space-between" px="sm" pt={6}>
        <Title order={2} className={classes.heading}>
          {t('rooms.instances')}
        </Title>
        <Group gap={2}>
          <Tooltip label={t('launch:command')}>
            <ActionIcon size="sm" aria-label={t('launch:command')} onClick={() => openDialog({ kind: 'launch' })}>
              <IconPlus size={15} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('refresh')}>
            <ActionIcon
              size="sm"
              aria-label={t('refresh')}
              data-busy={busy || undefined}
              onClick={() => void attempt(() => api.inventory.refresh({}))}
            >
              <IconRefresh size={15} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <FilterInput onKeyDown={onKeyDown} />
      <ProfileProblems />
      <InstancesList rows={rows} ref={list} />
    </>
  )
}

/** What is wrong with the files that profiles come from; as long as no profile is chosen, the first screen says it. */
function ProfileProblems() {
  const { profiles, problems } = useProfiles()
  if (problems.length === 0 || !profiles.some((profile) => profile.selected)) return undefined
  return (
    <Stack gap="xs" px="xs" pb="xs">
      {problems.map((problem) => (
        <ErrorMessage key={JSON.stringify(problem)} error={problem} />
      ))}
    </Stack>
  )
}

interface FilterProps {
  readonly onKeyDown?: (event: KeyboardEvent) => void
  /** Takes the room that a toolbar leaves. */
  readonly wide?: boolean
}

export function FilterInput({ onKeyDown, wide = false }: FilterProps) {
  const { t } = useTranslation()
  const text = useFilter((filter) => filter.text)
  return (
    <TextInput
      size="xs"
      my="xs"
      {...(wide ? { flex: '0 10 320px', miw: 90 } : { mx: 'xs' })}
      type="search"
      aria-label={t('filter.label')}
      placeholder={t('filter.placeholder')}
      value={text}
      onChange={(event) => setFilter(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      rightSection={text && <CloseButton size="xs" aria-label={t('filter.clear')} onClick={() => setFilter('')} />}
    />
  )
}
