import { Button, Code, Group, Modal, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core'
import { type FormErrors, useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { DeployedApp } from '../../contract/models/deploy.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import classes from './deploy.module.css'
import { emptyProject, nameFrom, type ProjectForm, type ProjectValues, problems, sourceOf, variablesOf } from './project-form.ts'
import { Variables } from './variables.tsx'

interface Props {
  readonly target: Target
  /** Deployed once more; a new one without. */
  readonly app: DeployedApp | undefined
  onClose(): void
}

export function ProjectDialog({ target, app, onClose }: Props) {
  const { t } = useTranslation(['deploy', 'shell'])
  const before = app?.variables ?? []
  const initialValues: ProjectValues = {
    ...emptyProject,
    name: app?.name ?? '',
    ...(app?.source.kind === 'git' ? { address: app.source.address } : app ? { from: 'folder', path: app.source.path } : {}),
    variables: before.map((name) => ({ name, value: '', kept: true })),
  }
  const form = useForm({
    initialValues,
    validate: (values: ProjectValues): FormErrors => {
      const found = app ? {} : problems(values)
      return Object.fromEntries(Object.entries(found).map(([field, problem]) => [field, t(`form.${problem}`)]))
    },
  })
  const { from, address, branch } = form.values
  const command =
    from === 'git' ? `git clone --depth 1 ${branch.trim() ? `--branch ${branch.trim()} ` : ''}-- ${address.trim()}` : 'tar -xf -'

  async function submit(values: ProjectValues) {
    const variables = variablesOf(values, before)
    const wish = app
      ? ({ kind: 'again', app: app.name, variables } as const)
      : ({ kind: 'new', app: values.name, source: sourceOf(values), variables } as const)
    if (await attempt(() => api.deploy.start({ target, wish }))) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={app ? t('form.again', { name: app.name }) : t('new')} size="lg">
      <form onSubmit={form.onSubmit((values) => submit(values))}>
        <Stack gap="sm">
          {!app && (
            <>
              <SegmentedControl
                aria-label={t('form.from')}
                data={(['git', 'folder'] as const).map((value) => ({ value, label: t(`form.${value}`) }))}
                {...form.getInputProps('from')}
              />
              {from === 'git' ? <GitFields form={form} /> : <TextInput label={t('form.path')} {...form.getInputProps('path')} />}
              <TextInput label={t('form.name')} description={t('form.nameHint')} {...form.getInputProps('name')} />
            </>
          )}
          <Variables form={form} />
          {address.trim() && (
            <div>
              <Text size="xs" c="dimmed">
                {t('form.first')}
              </Text>
              <Code className={classes.command ?? ''}>{command}</Code>
            </div>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell:cancel')}
            </Button>
            <Button type="submit" loading={form.submitting}>
              {t(app ? 'app.again' : 'form.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function GitFields({ form }: { readonly form: ProjectForm }) {
  const { t } = useTranslation('deploy')
  const { onChange, ...address } = form.getInputProps('address')
  return (
    <>
      <TextInput
        label={t('form.address')}
        placeholder={t('form.addressHint')}
        data-autofocus
        {...address}
        onChange={(event) => {
          const { value } = event.currentTarget
          if (form.values.name === nameFrom(form.values.address)) form.setFieldValue('name', nameFrom(value))
          onChange(value)
        }}
      />
      <Group gap="sm" grow align="flex-start">
        <TextInput label={t('form.branch')} placeholder={t('form.branchHint')} {...form.getInputProps('branch')} />
        <TextInput label={t('form.subFolder')} placeholder={t('form.subFolderHint')} {...form.getInputProps('folder')} />
      </Group>
      <Switch label={t('form.private')} description={t('form.privateHint')} {...form.getInputProps('deployKey', { type: 'checkbox' })} />
    </>
  )
}
