import { Button, Group, PasswordInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserErrorData } from '../../contract/errors.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { keyFileName } from '../../contract/models/key.ts'
import { query, toUserError } from '../api/client.ts'
import { useInstance } from '../api/instances.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { RecoverFailed, type RecoverStep, recover, recoverSteps } from './recover.ts'
import { StepList } from './step-list.tsx'

const MODAL = 'recover'

/** "I lost my key": the way out, step by step. */
export function askRecover(instance: InstanceRef, tabKey?: string): void {
  modals.open({
    modalId: MODAL,
    title: i18next.t('recover.title', { ns: 'keyless' }),
    children: <RecoverDialog instance={instance} tabKey={tabKey} />,
  })
}

interface Progress {
  readonly step: RecoverStep | 'done'
  readonly error?: UserErrorData
}

function RecoverDialog({ instance, tabKey }: { readonly instance: InstanceRef; readonly tabKey: string | undefined }) {
  const { t } = useTranslation('keyless')
  const name = useInstance(instance)?.name || instance.instanceId
  const queries = useQueryClient()
  const { data: keys = [] } = useQuery(query.keys.list.queryOptions({ staleTime: 0 }))
  const [progress, setProgress] = useState<Progress>()
  const running = useRef(new AbortController())
  useEffect(() => () => running.current.abort(), [])
  const form = useForm({
    initialValues: { kind: 'new', name: freeName(name), passphrase: '', keyId: null as string | null },
    validate: {
      name: (file, { kind }) => (kind === 'own' || keyFileName.safeParse(file.trim()).success ? undefined : t('recover.badName')),
      keyId: (keyId, { kind }) => (kind === 'new' || keyId ? undefined : t('recover.noKey')),
    },
  })

  async function start({ kind, name: file, passphrase, keyId }: typeof form.values) {
    running.current = new AbortController()
    let last: RecoverStep = 'connect'
    try {
      const key = kind === 'own' && keyId ? ({ kind: 'own', keyId } as const) : ({ kind: 'new', name: file.trim(), passphrase } as const)
      const onStep = (step: RecoverStep) => {
        last = step
        setProgress({ step })
      }
      await recover({ instance, tabKey, key, signal: running.current.signal, onStep })
      setProgress({ step: 'done' })
      void queries.invalidateQueries({ queryKey: query.reach.key() })
    } catch (error) {
      setProgress({ step: last, error: error instanceof RecoverFailed ? error.data : toUserError(error) })
    }
  }

  if (progress)
    return (
      <Stack gap="sm">
        <StepList
          label={t('recover.title')}
          steps={recoverSteps.map((step) => t(`recover.steps.${step}`, { name }))}
          {...position(progress)}
        />
        {progress.error && <ErrorMessage error={progress.error} />}
        {progress.step === 'done' && <Text size="sm">{t('recover.done', { name })}</Text>}
        <Group justify="flex-end">
          {progress.error && <Button onClick={() => setProgress(undefined)}>{t('recover.again')}</Button>}
          <Button variant={progress.step === 'done' ? 'filled' : 'default'} onClick={() => modals.close(MODAL)}>
            {progress.step === 'done' || progress.error ? t('recover.close') : t('recover.cancel')}
          </Button>
        </Group>
      </Stack>
    )
  return (
    <form onSubmit={form.onSubmit((values) => void start(values))}>
      <Stack gap="sm">
        <Text size="sm">{t('recover.text', { name })}</Text>
        <SegmentedControl
          aria-label={t('recover.which')}
          data={(['new', 'own'] as const).map((value) => ({ value, label: t(`recover.kinds.${value}`) }))}
          {...form.getInputProps('kind')}
        />
        {form.values.kind === 'new' ? (
          <>
            <TextInput label={t('recover.name')} description={t('recover.nameHint')} data-autofocus {...form.getInputProps('name')} />
            <PasswordInput
              label={t('recover.passphrase')}
              description={t('recover.passphraseHint')}
              {...form.getInputProps('passphrase')}
            />
          </>
        ) : (
          <Select
            label={t('recover.key')}
            searchable
            data={keys.flatMap(({ id, label, fingerprint }) => (fingerprint ? [{ value: id, label }] : []))}
            {...form.getInputProps('keyId')}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit">{t('recover.begin')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

function position({ step, error }: Progress): { at: number; failed: boolean } {
  return { at: step === 'done' ? recoverSteps.length : recoverSteps.indexOf(step), failed: error !== undefined }
}

/** A file's name that says what it opens. */
function freeName(instance: string): string {
  const name = instance.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '')
  return `${name || 'instance'}-${new Date().toISOString().slice(0, 10)}`
}
