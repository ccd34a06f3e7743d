import { Loader, Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Database } from '../../contract/models/database.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { api, toUserError } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { errorSentence } from '../app/error-words.ts'
import { useDatabases } from './databases.tsx'
import { engineName } from './engines.ts'
import { type FormValues, type Preset, presetOf, presets } from './tunnel-form.ts'

interface Props {
  readonly values: FormValues
  /** What the tunnel goes through; databases are known beside an instance only. */
  readonly instance: InstanceRef | undefined
  onChange(values: Partial<FormValues>): void
}

const addressOf = ({ address, port }: Pick<Database, 'address' | 'port'>) => `${address}:${port}`

/** What the tunnel is for: what most people open one for, and the databases that RDS has in the instance's VPC. */
export function PresetChoice({ values, instance, onChange }: Props) {
  const { t, i18n } = useTranslation('tunnels')
  const { data: databases = [], error, isLoading } = useDatabases(instance)
  const chosen = databases.find((database) => addressOf(database) === `${values.toHost}:${values.toPort}`)

  async function choose(value: string | null) {
    if (!value || value === 'custom') return
    const database = databases.find((each) => addressOf(each) === value)
    if (!database) {
      const port = presets[value as keyof typeof presets]
      return onChange({ bindPort: port, toPort: port, ...(chosen && { toHost: 'localhost' }) })
    }
    const free = await attempt(() => api.tunnels.freePort({ from: database.port }))
    const name = t(`databases.roles.${database.role}`, database)
    onChange({ bindPort: free?.port ?? database.port, toHost: database.address, toPort: database.port, name })
  }
  return (
    <>
      <Select
        label={t('form.preset')}
        allowDeselect={false}
        rightSection={isLoading ? <Loader size="xs" /> : undefined}
        data={[
          {
            group: t('form.presetsUsual'),
            items: [...Object.keys(presets), 'custom'].map((preset) => ({ value: preset, label: t(`form.presets.${preset as Preset}`) })),
          },
          ...(databases.length === 0
            ? []
            : [
                {
                  group: t('form.presetsDatabases'),
                  items: databases.map((database) => ({
                    value: addressOf(database),
                    label: `${t(`databases.roles.${database.role}`, database)} (${engineName(database)})`,
                  })),
                },
              ]),
        ]}
        value={chosen ? addressOf(chosen) : presetOf(values)}
        onChange={(value) => void choose(value)}
      />
      {error && (
        <Text size="xs" c="dimmed">
          {t('form.databasesUnknown')} {errorSentence(toUserError(error), i18n.t, i18n.language)}
        </Text>
      )}
    </>
  )
}
