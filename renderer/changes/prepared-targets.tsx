import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ChangeNote, PreparedTarget } from '../../contract/models/change.ts'
import { CommandBlock } from './command-block.tsx'
import { Permission } from './permission.tsx'

/** What it means for each, whether it may be done, and the calls. */
export function PreparedTargets({ targets }: { readonly targets: readonly PreparedTarget[] }) {
  const commands = targets.filter(({ allowed }) => allowed !== 'no').flatMap((target) => target.commands)
  return (
    <>
      {targets.map((target) => (
        <Target key={target.target} target={target} />
      ))}
      {commands.length > 0 && <CommandBlock command={commands.join('\n')} />}
    </>
  )
}

function Target({
  target: { target, name, region, notes, allowed, problem, protectedFrom, actions },
}: {
  readonly target: PreparedTarget
}) {
  const { t, i18n } = useTranslation('instance')
  const words = ({ code, params }: ChangeNote) =>
    i18n.t(`note.${code}` as 'note.was', {
      ns: 'instance',
      ...params,
      ...(params.what && code === 'lifts' ? { context: params.what } : {}),
    })
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {t('where', { name, target, region })}
      </Text>
      {notes.map((note) => (
        <Text key={words(note)} size="sm" c={WARN.includes(note.code) ? 'var(--mooring-warn)' : 'inherit'}>
          {words(note)}
        </Text>
      ))}
      {!protectedFrom && <Permission allowed={allowed} problem={problem} actions={actions} />}
    </Stack>
  )
}

const WARN: readonly ChangeNote['code'][] = ['for-good', 'deletes-volumes', 'address-changes', 'lifts']
