import { Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { ReachPlan } from '../../contract/models/reach.ts'
import { api, toUserError } from '../api/client.ts'
import { refKey } from '../api/instances.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { HopPicture } from '../route/hop-picture.tsx'
import { formatList } from '../words/formats.ts'
import { useReasons } from '../words/reasons.ts'
import { ChoicesForm } from './choices-form.tsx'
import { Fact } from './fact.tsx'
import { usePlan } from './use-plan.ts'

/** Who, with what, where, each with its reason; and what to do where the person knows better. */
export function ReachSection({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation()
  const { plan, error, refetch, input } = usePlan(instance)
  const [editing, setEditing] = useState<string | undefined>()
  const key = refKey(instance.ref)
  const late = useDelayed(!plan && !error)
  const chosen =
    plan &&
    [plan.logins[0]?.reason, 'reason' in plan.key && plan.key.reason, plan.address?.reason, plan.chosenVia && 'choice'].includes('choice')

  async function forget() {
    await attempt(() => api.reach.choose({ ...input, choices: {} }))
    void refetch()
  }

  return (
    <Card withBorder padding="sm" component="section" aria-label={t('details.reach')}>
      <Group justify="space-between" mb="xs">
        <Title order={3} size="h6">
          {t('details.reach')}
        </Title>
        {plan && editing !== key && (
          <Group gap={4}>
            {chosen && (
              <Button size="compact-xs" variant="subtle" onClick={() => void forget()}>
                {t('details.reset')}
              </Button>
            )}
            <Button size="compact-xs" variant="subtle" onClick={() => setEditing(key)}>
              {t('details.change')}
            </Button>
          </Group>
        )}
      </Group>
      {late && (
        <Stack gap="xs" role="status" aria-label={t('details.planning')}>
          <Skeleton height={14} width="60%" />
          <Skeleton height={14} width="80%" />
          <Skeleton height={14} width="50%" />
        </Stack>
      )}
      {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
      {plan && editing === key ? (
        <ChoicesForm plan={plan} target={input.target} onDone={() => void refetch().then(() => setEditing(undefined))} />
      ) : (
        plan && <PlanFacts plan={plan} />
      )}
    </Card>
  )
}

function PlanFacts({ plan }: { readonly plan: ReachPlan }) {
  const { t, i18n } = useTranslation(['shell', 'reasons'])
  const reasons = useReasons()
  const [login, ...others] = plan.logins
  const { key, address } = plan
  const further = others.map((other) => other.user)
  return (
    <Stack gap="xs">
      {login && (
        <Fact
          label={t('details.user')}
          value={login.user}
          reason={[reasons.login(login), reasons.confidence(login)].filter(Boolean).join(' · ')}
        >
          {further.length > 0 && t('details.next', { users: formatList(further, i18n.language) })}
        </Fact>
      )}
      <Fact
        label={t('details.key')}
        value={key.kind === 'found' ? key.label : key.kind === 'instance-connect' ? 'EC2 Instance Connect' : undefined}
        reason={reasons.key(key)}
        warn={key.kind === 'missing'}
      />
      <Fact
        label={t('details.address')}
        value={address ? `${address.host}${address.port === 22 ? '' : `:${address.port}`}` : undefined}
        reason={address ? reasons.address(address) : t('details.noAddress')}
      />
      {plan.route.length > 0 && <HopPicture route={plan.route} host={address?.host ?? ''} />}
      <Text size="xs" c="dimmed">
        {t(`reasons:hostKey.${plan.hostKey}`)}
      </Text>
    </Stack>
  )
}
