import { Alert, Button, Group, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NetworkChange, NetworkTarget, PreparedChange, RuleContent } from '../../contract/models/network.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { CommandBlock } from '../changes/command-block.tsx'
import { Permission } from '../changes/permission.tsx'
import { formatList } from '../words/formats.ts'
import { applyChange } from './apply-change.tsx'
import classes from './network.module.css'
import { isWorld, useRuleWords } from './rule-words.ts'

interface Props {
  readonly target: NetworkTarget
  readonly change: NetworkChange
  onBack(): void
  onClose(): void
  onDone?: (() => void) | undefined
}

/** What will be done, where, by which call, and whether it may be; then it is done, or not. */
export function ChangeReview({ target, change, onBack, onClose, onDone }: Props) {
  const { t } = useTranslation(['network', 'shell'])
  const [applying, setApplying] = useState(false)
  const { data, error, refetch, isFetching } = useQuery({
    ...query.network.prepare.queryOptions({ input: { ref: target, change } }),
    // What is prepared is for this once.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

  async function apply(prepared: PreparedChange) {
    setApplying(true)
    if (await applyChange(prepared)) {
      onDone?.()
      onClose()
    } else {
      setApplying(false)
      void refetch()
    }
  }
  return (
    <Stack gap="sm">
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={120} role="status" aria-label={t('network:change.checking')} />}
      {data && <Prepared prepared={data} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack}>
          {t('shell:cancel')}
        </Button>
        {data && (
          <Button
            loading={applying}
            disabled={isFetching || data.allowed === 'no'}
            color={change.kind === 'remove' ? 'red' : 'mooring'}
            onClick={() => void apply(data)}
            data-autofocus
          >
            {t(`network:change.apply.${change.kind}`, { count: data.after.length })}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function Prepared({ prepared }: { readonly prepared: PreparedChange }) {
  const { t, i18n } = useTranslation(['network', 'errors'])
  const words = useRuleWords()
  const { group, before, after, end, findings, command } = prepared
  const others = group.sharedWith.length
  const inWords = formatList(group.sharedWith.slice(0, 5).concat(others > 5 ? t('change.more', { count: others - 5 }) : []), i18n.language)
  return (
    <>
      <div>
        <Text size="sm" c="dimmed" mb={4}>
          {t('change.where', { name: group.name, id: group.id })}
        </Text>
        {before.map((rule) => (
          <RuleLine key={`-${JSON.stringify(rule)}`} sign="−" rule={rule} />
        ))}
        {after.map((rule) => (
          <RuleLine key={`+${JSON.stringify(rule)}`} sign="+" rule={rule} />
        ))}
        {end !== 'keep' && (
          <Text size="sm" mt={4}>
            {t(`end.${end}`)}
          </Text>
        )}
      </div>
      {others > 0 && (
        <Alert color="yellow" variant="light" p="xs" icon={<IconAlertTriangle />}>
          {t('change.shared', { names: inWords })}
        </Alert>
      )}
      {after.some((rule) => rule.direction === 'inbound' && isWorld(rule)) && (
        <Text size="sm" c="var(--mooring-warn)">
          {t('change.world')}
        </Text>
      )}
      {findings.map(({ kind, rule }) => (
        <Text key={JSON.stringify(rule)} size="sm" c="var(--mooring-warn)">
          {t(kind === 'duplicate' ? 'change.duplicate' : 'change.shadowed', { rule: words(rule) })}
        </Text>
      ))}
      <Permission allowed={prepared.allowed} problem={prepared.problem} actions={[prepared.action]} />
      <CommandBlock command={command} />
    </>
  )
}

function RuleLine({ sign, rule }: { readonly sign: '+' | '−'; readonly rule: RuleContent }) {
  const { t } = useTranslation('network')
  const words = useRuleWords()
  const cidr = 'cidr' in rule.peer ? rule.peer.cidr : undefined
  const sentence = words(rule)
  return (
    <div className={classes.rule}>
      <Text component="span" className={classes.sign ?? ''} c={sign === '+' ? 'var(--mooring-ok)' : 'var(--mooring-bad)'} aria-hidden>
        {sign}
      </Text>
      <Text size="sm" component="span">
        <VisuallyHidden component="span">{t(sign === '+' ? 'change.will' : 'change.wont')} </VisuallyHidden>
        {[sentence, cidr && !sentence.includes(cidr) ? cidr : '', rule.description].filter(Boolean).join(' · ')}
      </Text>
    </div>
  )
}
