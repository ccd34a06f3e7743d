import { Alert, Button, Checkbox, Group, NumberInput, SegmentedControl, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import i18next from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { api } from '../api/client.ts'
import { findInstance, refKey, useRows } from '../api/instances.ts'
import { setDrawer, setRoom, useShell } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { useAllInstances } from '../instances/use-instances.ts'
import { PresetChoice } from './preset-choice.tsx'
import { type Draft, type FormValues, fromForm, newDraft, OTHER_HOST, problemsOf, toForm, writtenHost } from './tunnel-form.ts'
import { TunnelPicture } from './tunnel-picture.tsx'
import { hostLabel } from './use-host-label.ts'

const MODAL = 'edit-tunnel'
const KINDS = ['local', 'remote', 'dynamic'] as const

/** Through this instance, or the one that is selected. */
export function newTunnel(instance?: Instance): void {
  editTunnel(newDraft(instance ?? findInstance(useRows.getState(), useShell.getState().selectedInstance)))
}

export function editTunnel(draft: Draft): void {
  modals.open({
    modalId: MODAL,
    title: i18next.t(draft.id ? 'form.title' : 'form.titleNew', { ns: 'tunnels' }),
    size: 'lg',
    children: <TunnelForm draft={draft} />,
  })
}

function TunnelForm({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation('tunnels')
  const choices = useThroughChoices(draft)
  const form = useForm<FormValues>({
    initialValues: toForm(draft),
    validate: (values) =>
      Object.fromEntries(Object.entries(problemsOf(values)).map(([field, problem]) => [field, t(`form.problems.${problem}`)])),
  })
  const { values } = form
  const label = choices.find(({ value }) => value === values.through)?.label ?? writtenHost(values)
  const tunnel = fromForm(
    draft,
    values,
    choices.map(({ ref }) => ref),
    label || t('form.someHost'),
  )

  async function save() {
    const saved = await attempt(async () => {
      const { id } = await api.tunnels.save(tunnel)
      if (!draft.id) await api.tunnels.start({ id })
      return id
    })
    if (!saved) return
    modals.close(MODAL)
    setRoom('tunnels')
    setDrawer('side-panel')
  }

  return (
    <form onSubmit={form.onSubmit(() => void save())}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('form.kind')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`form.kinds.${kind}`) }))}
          {...form.getInputProps('kind')}
        />
        <Text size="sm" c="dimmed">
          {t(`form.explain.${values.kind}`)}
        </Text>
        <TunnelPicture forward={tunnel.forward} host={label || t('form.someHost')} />
        <Group grow align="flex-start">
          <Select
            label={t('form.through')}
            searchable
            allowDeselect={false}
            data={[...choices.map(({ value, label }) => ({ value, label })), { value: OTHER_HOST, label: t('form.otherHost') }]}
            {...form.getInputProps('through')}
          />
          {values.through === OTHER_HOST && (
            <TextInput
              label={t('form.host')}
              placeholder={t('form.hostHint')}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps('host')}
            />
          )}
        </Group>
        {values.kind === 'local' && (
          <PresetChoice
            values={values}
            instance={tunnel.target.kind === 'instance' ? tunnel.target.ref : undefined}
            onChange={(changed) => form.setValues(changed)}
          />
        )}
        <Group grow wrap="nowrap" align="flex-start">
          <PortInput label={t(values.kind === 'remote' ? 'form.bindPortThere' : 'form.bindPort')} {...form.getInputProps('bindPort')} />
          {values.kind !== 'dynamic' && (
            <>
              <TextInput label={t('form.toHost')} autoComplete="off" spellCheck={false} {...form.getInputProps('toHost')} />
              <PortInput label={t('form.toPort')} {...form.getInputProps('toPort')} />
            </>
          )}
        </Group>
        {values.kind === 'local' && (
          <Text size="xs" c="dimmed">
            {t('form.toHint')}
          </Text>
        )}
        <TextInput label={t('form.name')} placeholder={tunnel.name} {...form.getInputProps('name')} />
        <Checkbox label={t('form.startWithApp')} {...form.getInputProps('startWithApp', { type: 'checkbox' })} />
        <Checkbox label={t('form.startWithTerminal')} {...form.getInputProps('startWithTerminal', { type: 'checkbox' })} />
        <Switch label={t('form.exposed')} {...form.getInputProps('exposed', { type: 'checkbox' })} />
        {values.exposed && (
          <>
            <Alert color="yellow" variant="light" role="alert">
              {t(values.kind === 'remote' ? 'form.exposedThere' : 'form.exposedHere')}
            </Alert>
            <TextInput label={t('form.bindAddress')} autoComplete="off" spellCheck={false} {...form.getInputProps('bindAddress')} />
          </>
        )}
        <Group justify="flex-end">
          <Button type="submit">{t(draft.id ? 'form.save' : 'form.start')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

function PortInput(props: { readonly label: string }) {
  return <NumberInput min={1} max={65535} allowDecimal={false} hideControls {...props} />
}

/** Every instance that could be reached by SSH, and the tunnel's own, wherever it has gone. */
function useThroughChoices({ target }: Draft) {
  const all = useAllInstances()
  return useMemo(() => {
    const listed = all
      .filter(({ windows }) => !windows)
      .map((instance) => ({
        value: refKey(instance.ref),
        label: hostLabel({ kind: 'instance', ref: instance.ref }, instance),
        ref: instance.ref,
      }))
    if (target.kind === 'host' || listed.some(({ value }) => value === refKey(target.ref))) return listed
    return [{ value: refKey(target.ref), label: target.ref.instanceId, ref: target.ref }, ...listed]
  }, [all, target])
}
