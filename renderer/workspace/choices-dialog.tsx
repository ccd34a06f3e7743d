import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Extras } from '../../contract/models/reach.ts'
import { type ConnectChoices, connectChoices } from '../../contract/models/terminal.ts'
import { api, query } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { fromKeyChoice, inUse, keyOptions, toKeyChoice } from '../keyless/key-choice.ts'
import { chosenExtras, type ExtrasValues, extrasValues } from '../route/extras.ts'
import { ExtrasFields } from '../route/extras-fields.tsx'
import { machineName } from './tab-name.ts'
import type { RemoteTab } from './tabs.ts'
import { replaceTerminal } from './terminals.ts'

const MODAL = 'choices'

/** Another user, key, address or port for this machine, kept for the next time. */
export function askChoices(tab: RemoteTab): void {
  modals.open({
    modalId: MODAL,
    title: i18next.t('choices.title', { ns: 'workspace', name: machineName(tab) }),
    children: <ChoicesForm tab={tab} />,
  })
}

function ChoicesForm({ tab }: { readonly tab: RemoteTab }) {
  const { t } = useTranslation(['workspace', 'ssh', 'keyless'])
  const keys = useQuery(query.keys.list.queryOptions({ staleTime: 0 }))
  const { login, key, address } = tab.terminal ?? {}
  const before = { ...tab.terminal?.extras, ...tab.target.choices }
  const form = useForm({
    initialValues: {
      user: tab.target.choices?.user ?? login?.user ?? '',
      keyId: fromKeyChoice({ ...(key && inUse(key)), ...tab.target.choices }),
      address: tab.target.choices?.address ?? '',
      port: tab.target.choices?.port ?? address?.port ?? ('' as number | ''),
      via: tab.target.choices?.via ?? tab.terminal?.chosenVia ?? '',
      ...extrasValues(before),
    },
    validate: (values) => {
      const problems = connectChoices.safeParse(toChoices(values, before)).error?.issues ?? []
      return Object.fromEntries(problems.map(({ path }) => [String(path[0]), t('choices.wrong')]))
    },
  })

  async function connect(values: typeof form.values) {
    modals.close(MODAL)
    const choices = toChoices(values, before)
    await attempt(() => api.reach.choose({ target: tab.target, choices }))
    await replaceTerminal(tab.key, { ...tab.target, choices })
  }

  return (
    <form onSubmit={form.onSubmit((values) => void connect(values))}>
      <Stack gap="sm">
        <TextInput data-autofocus label={t('choices.user')} description={t('choices.userEmpty')} {...form.getInputProps('user')} />
        <Select
          label={t('choices.key')}
          placeholder={t('choices.keyEmpty')}
          clearable
          searchable
          data={keyOptions(keys.data ?? [], tab.target, t('keyless:sent'))}
          {...form.getInputProps('keyId')}
        />
        <Group grow align="flex-start">
          <TextInput label={t('choices.address')} placeholder={address?.host ?? ''} {...form.getInputProps('address')} />
          <NumberInput label={t('choices.port')} min={1} max={65535} allowDecimal={false} hideControls {...form.getInputProps('port')} />
        </Group>
        <TextInput label={t('ssh:route.field')} description={t('ssh:route.example')} {...form.getInputProps('via')} />
        <ExtrasFields form={form} />
        <Group justify="flex-end">
          <Button type="submit">{t('connect')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Empty fields are found out. */
function toChoices(
  values: { user: string; keyId: string | null; address: string; port: number | string; via: string } & ExtrasValues,
  before: Extras,
): ConnectChoices {
  return {
    ...(values.user.trim() !== '' && { user: values.user.trim() }),
    ...toKeyChoice(values.keyId),
    ...(values.address.trim() !== '' && { address: values.address.trim() }),
    ...(values.port !== '' && { port: Number(values.port) }),
    ...(values.via.trim() !== '' && { via: values.via.trim() }),
    ...chosenExtras(values, before),
  }
}
