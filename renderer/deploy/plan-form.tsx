import { Alert, Button, Code, Group, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DeployQuestion, type ProjectPlan, projectPlan } from '../../contract/models/deploy.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { formatList } from '../words/formats.ts'
import classes from './deploy.module.css'

interface Props {
  readonly id: string
  readonly question: DeployQuestion
}

/** How the project runs, as it was recognised and as the person wants it; what would be installed. Nothing goes on before. */
export function PlanForm({ id, question }: Props) {
  const { t, i18n } = useTranslation('deploy')
  const { plan, because, missing, install } = question
  const [build, setBuild] = useState((plan?.build ?? []).join('\n'))
  const [start, setStart] = useState(plan?.start ?? '')
  const [port, setPort] = useState<number | string>(plan?.port ?? 5000)
  const [tried, setTried] = useState(false)
  const [sending, setSending] = useState(false)
  // git is asked for before anything of the project is known.
  const projectKnown = !missing.includes('git')

  function wanted(): ProjectPlan | undefined {
    const lines = build.split('\n').map((line) => line.trim())
    const own = !plan || start !== plan.start || build !== plan.build.join('\n')
    return projectPlan.safeParse({
      kind: plan && (!own || plan.kind !== 'own') ? plan.kind : 'own',
      build: lines.filter(Boolean),
      start,
      port: Number(port),
    }).data
  }
  async function agree() {
    const answer = projectKnown ? wanted() : undefined
    setTried(true)
    if (projectKnown && !answer) return
    setSending(true)
    await attempt(() => api.deploy.answer({ id, ...(answer ? { plan: answer } : {}) }))
    setSending(false)
  }
  const programs = formatList(missing, i18n.language)
  return (
    <Stack gap="xs" mb="xs" role="group" aria-label={t('run.asks')}>
      {projectKnown && (
        <>
          <Text size="sm" fw={500}>
            {plan ? t('plan.recognised', { kind: t(`plan.kind.${plan.kind}`), because: because ?? '' }) : t('plan.unknown')}
          </Text>
          <Textarea
            size="xs"
            label={t('plan.build')}
            autosize
            minRows={1}
            maxRows={6}
            value={build}
            onChange={(event) => setBuild(event.currentTarget.value)}
          />
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              size="xs"
              flex={1}
              label={t('plan.start')}
              value={start}
              error={tried && !start.trim() ? t('plan.startEmpty') : undefined}
              onChange={(event) => setStart(event.currentTarget.value)}
            />
            <NumberInput
              size="xs"
              w={76}
              label={t('plan.port')}
              value={port}
              onChange={setPort}
              min={1}
              max={65_535}
              allowDecimal={false}
              hideControls
            />
          </Group>
          <Text size="xs" c="dimmed">
            {t('plan.runs')}
          </Text>
        </>
      )}
      {missing.length > 0 && (
        <Alert color="yellow" variant="light" p="xs">
          {t(install ? 'plan.missing' : 'plan.cannotInstall', { programs })}
          {install && <Code className={classes.command ?? ''}>{install}</Code>}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button size="compact-sm" loading={sending} onClick={() => void agree()}>
          {t(install ? 'plan.agreeInstall' : 'plan.agree')}
        </Button>
      </Group>
    </Stack>
  )
}
