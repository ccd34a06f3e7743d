import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ReachPlan } from '../../contract/models/reach.ts'
import { type ConnectChoices, hostName, type Target, userName, via } from '../../contract/models/terminal.ts'
import { api, query } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { chosenKey, fromKeyChoice, keyOptions, toKeyChoice } from '../keyless/key-choice.ts'
import { chosenExtras, type ExtrasValues, extrasValues } from '../route/extras.ts'
import { ExtrasFields } from '../route/extras-fields.tsx'

interface Props {
  readonly plan: ReachPlan
  readonly target: Target
  readonly onDone: () => void
}

/** The person's own user, key, address and port; an empty field is found out. */
export function ChoicesForm({ plan, target, onDone }: Props) {
  const { t } = useTranslation(['shell', 'ssh', 'keyless'])
  const { data: keys = [] } = useQuery(query.keys.list.queryOptions())
  const [login] = plan.logins
  const { address, key } = plan
  const form = useForm<{ user: string; keyId: string | null; address: string; port: number | string; via: string } & ExtrasValues>({
    initialValues: {
      user: login?.reason === 'choice' ? login.user : '',
      keyId: fromKeyChoice(chosenKey(key)),
      address: address?.reason === 'choice' ? address.host : '',
      port: address?.reason === 'choice' && address.port !== 22 ? address.port : '',
      via: plan.chosenVia ?? '',
      ...extrasValues(plan.extras),
    },
    validate: {
      user: (user) => (user.trim() && !userName.safeParse(user.trim()).success ? t('details.badUser') : undefined),
      address: (host) => (host.trim() && !hostName.safeParse(host.trim()).success ? t('details.badAddress') : undefined),
      via: (text) => (text.trim() && !via.safeParse(text.trim()).success ? t('ssh:route.bad') : undefined),
    },
  })

  async function save(values: typeof form.values) {
    const choices: ConnectChoices = {
      ...(values.user.trim() && { user: values.user.trim() }),
      ...toKeyChoice(values.keyId),
      ...(values.address.trim() && { address: values.address.trim() }),
      ...(values.port !== '' && { port: Number(values.port) }),
      ...(values.via.trim() && { via: values.via.trim() }),
      ...chosenExtras(values, plan.extras),
    }
    await attempt(() => api.reach.choose({ target, choices }))
    onDone()
  }

  return (
    <form onSubmit={form.onSubmit(save)} aria-label={t('details.changeTitle')}>
      <Stack gap="xs">
        <TextInput size="xs" label={t('details.user')} placeholder={login?.user ?? ''} {...form.getInputProps('user')} />
        <Select
          size="xs"
          label={t('details.key')}
          placeholder={t('details.autoKey')}
          clearable
          searchable
          data={keyOptions(keys, target, t('keyless:sent'))}
          {...form.getInputProps('keyId')}
        />
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <TextInput size="xs" flex={1} label={t('details.address')} placeholder={address?.host ?? ''} {...form.getInputProps('address')} />
          <NumberInput
            size="xs"
            w={80}
            label={t('details.port')}
            placeholder={String(address?.port ?? 22)}
            min={1}
            max={65_535}
            allowDecimal={false}
            hideControls
            {...form.getInputProps('port')}
          />
        </Group>
        <TextInput size="xs" label={t('ssh:route.field')} placeholder={t('ssh:route.example')} {...form.getInputProps('via')} />
        <ExtrasFields form={form} size="xs" />
        <Group gap="xs" justify="flex-end">
          <Button size="compact-sm" variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
          <Button size="compact-sm" type="submit">
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
