import { Button, Group, MultiSelect, Switch, Textarea } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ManyRequest, MOST_AT_ONCE } from '../../contract/models/many.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import type { Candidate } from './candidates.ts'
import { CountInput } from './count-input.tsx'
import classes from './many.module.css'
import { useCandidates } from './use-candidates.ts'
import { useWish, wish } from './wish.ts'

const MOST_LISTED = 100
const GROUPS = ['terminals', 'instances', 'bookmarks'] as const

/** The command, the hosts, and how many of them at once. */
export function RunForm() {
  const { t } = useTranslation('many')
  const { command, chosen, most, ask } = useWish()
  const [busy, setBusy] = useState(false)
  const candidates = useCandidates()
  const targets = candidates.filter(({ key }) => chosen.includes(key))
  const can = command.trim() !== '' && targets.length > 0 && !busy

  async function run() {
    if (!can) return
    setBusy(true)
    const started = await attempt(async () =>
      api.many.run({ hosts: await Promise.all(targets.map(withKey)), command, most, questions: ask ? 'ask' : 'none' }),
    )
    setBusy(false)
    if (started) wish({ runId: started.id })
  }
  const choose = (group: Candidate['group']) => wish({ chosen: candidates.filter((each) => each.group === group).map(({ key }) => key) })
  return (
    <form
      className={classes.form}
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <Textarea
        label={t('command')}
        description={t('commandText')}
        autosize
        minRows={1}
        maxRows={8}
        value={command}
        onChange={(event) => wish({ command: event.currentTarget.value })}
        onKeyDown={getHotkeyHandler([['mod+Enter', () => void run()]])}
        classNames={{ input: classes.mono ?? '' }}
        spellCheck={false}
      />
      <MultiSelect
        label={t('targets')}
        placeholder={targets.length === 0 ? t('targetsPlaceholder') : ''}
        searchable
        clearable
        hidePickedOptions
        limit={MOST_LISTED}
        maxDropdownHeight={280}
        nothingFoundMessage={t('nothingFound')}
        data={GROUPS.map((group) => ({
          group: t(`groups.${group}`),
          items: candidates.filter((each) => each.group === group).map(({ key, name }) => ({ value: key, label: name })),
        })).filter(({ items }) => items.length > 0)}
        value={targets.map(({ key }) => key)}
        onChange={(keys) => wish({ chosen: keys })}
        styles={{ pillsList: { maxHeight: 90, overflow: 'auto' } }}
      />
      <Group gap="xs">
        {GROUPS.filter((group) => candidates.some((each) => each.group === group)).map((group) => (
          <Button key={group} size="compact-xs" variant="default" onClick={() => choose(group)}>
            {t(`all.${group}`)}
          </Button>
        ))}
      </Group>
      <Group align="flex-end">
        <CountInput label={t('most')} w={130} max={MOST_AT_ONCE} value={most} onChange={(value) => wish({ most: value })} />
        <Switch
          label={t('ask')}
          description={t('askText')}
          checked={ask}
          onChange={(event) => wish({ ask: event.currentTarget.checked })}
          style={{ flex: 1 }}
        />
        <Button type="submit" leftSection={<IconPlayerPlay size={16} />} disabled={!can} loading={busy}>
          {t('run', { count: targets.length })}
        </Button>
      </Group>
    </form>
  )
}

/** A key that a bookmark names by its path is made one of the person's keys, as for a terminal. */
async function withKey({ name, target, keyPath }: Candidate): Promise<ManyRequest['hosts'][number]> {
  if (keyPath === undefined || target.choices?.keyId !== undefined) return { name, target }
  const [keyId] = await api.keys.addPath({ path: keyPath })
  return { name, target: keyId === undefined ? target : { ...target, choices: { ...target.choices, keyId } } }
}
