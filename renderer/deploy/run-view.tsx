import { ActionIcon, Alert, Button, Card, Code, Group, Loader, Text, Title, Tooltip } from '@mantine/core'
import { IconCheck, IconCircle, IconCircleDashed, IconCopy, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DeployRun } from '../../contract/models/deploy.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { copy } from '../instances/copy.ts'
import { scrollToEnd } from './app-log.tsx'
import classes from './deploy.module.css'
import { PlanForm } from './plan-form.tsx'

interface Props {
  readonly run: DeployRun
  readonly target: Target
}

/** A deployment as it goes: each step with its command, what it prints, what it asks, how it ended. */
export function RunView({ run, target }: Props) {
  const { t } = useTranslation('deploy')
  const { id, app, phase } = run
  const over = phase.kind === 'done' || phase.kind === 'failed'
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('run.title', { name: app })}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Title order={3} size="h6" lineClamp={1}>
          {t('run.title', { name: app })}
        </Title>
        <Button size="compact-xs" variant="subtle" onClick={() => void attempt(() => api.deploy.cancel({ id }))}>
          {t(over ? 'run.close' : 'run.cancel')}
        </Button>
      </Group>
      <ol className={classes.steps} aria-label={t('run.steps')}>
        {run.steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </ol>
      {phase.kind === 'lost' && (
        <Alert color="yellow" variant="light" p="xs" mb="xs" role="status">
          {t('run.lost')}
        </Alert>
      )}
      {phase.kind === 'asking' && <PlanForm key={id} id={id} question={phase.question} />}
      {run.output && (
        <Code block className={classes.output ?? ''} tabIndex={0} aria-label={t('run.output')} ref={scrollToEnd}>
          {run.output}
        </Code>
      )}
      {phase.kind === 'done' && (
        <Text size="sm" mt="xs" c="var(--mooring-ok)" role="status">
          {t('run.done', { status: phase.status })}
        </Text>
      )}
      {phase.kind === 'failed' && <Failed phase={phase} app={app} target={target} />}
    </Card>
  )
}

function Step({ step: { step, state, command } }: { readonly step: DeployRun['steps'][number] }) {
  const { t } = useTranslation('deploy')
  return (
    <li className={classes.step} aria-current={state === 'doing' ? 'step' : undefined}>
      <span role="img" aria-label={t(`state.${state}`)}>
        <StateIcon state={state} />
      </span>
      <div>
        <Text size="sm" {...(state === 'waiting' || state === 'skipped' ? { c: 'dimmed' } : {})}>
          {t(`step.${step}`)}
        </Text>
        {command && state !== 'skipped' && <Code className={classes.command ?? ''}>{command}</Code>}
      </div>
    </li>
  )
}

function StateIcon({ state }: { readonly state: DeployRun['steps'][number]['state'] }) {
  switch (state) {
    case 'doing':
      return <Loader size={14} />
    case 'done':
      return <IconCheck size={16} color="var(--mooring-ok)" />
    case 'failed':
      return <IconX size={16} color="var(--mooring-bad)" />
    case 'skipped':
      return <IconCircleDashed size={15} color="var(--mantine-color-dimmed)" />
    default:
      return <IconCircle size={15} color="var(--mantine-color-dimmed)" />
  }
}

function Failed({
  phase,
  app,
  target,
}: { readonly phase: Extract<DeployRun['phase'], { kind: 'failed' }> } & { app: string; target: Target }) {
  const { t } = useTranslation('deploy')
  const { error, left } = phase
  const publicKey = error.code === 'DEPLOY_GIT_REFUSED' ? error.details.publicKey : undefined
  const resume = () => void attempt(() => api.deploy.start({ target, wish: { kind: 'resume', app } }))
  const undo = () => void attempt(() => api.deploy.act({ target, app, action: { kind: 'undo' } }))
  return (
    <>
      {publicKey && (
        <>
          <Group justify="space-between" wrap="nowrap" mt="xs">
            <Text size="sm">{t('run.key')}</Text>
            <Tooltip label={t('run.copyKey')}>
              <ActionIcon size="sm" aria-label={t('run.copyKey')} onClick={() => void copy(publicKey)}>
                <IconCopy size={14} />
              </ActionIcon>
            </Tooltip>
          </Group>
          <Code className={classes.command ?? ''}>{publicKey}</Code>
        </>
      )}
      <Text size="xs" c="dimmed" my="xs">
        {t(`run.${left}`)}
      </Text>
      <ErrorMessage error={error}>
        <Button size="compact-sm" variant="default" onClick={resume}>
          {t('app.resume')}
        </Button>
        {left === 'unchanged' && (
          <Button size="compact-sm" variant="default" onClick={undo}>
            {t('app.undo')}
          </Button>
        )}
      </ErrorMessage>
    </>
  )
}
