import { ActionIcon, Button, Fieldset, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isVariable, type ProjectForm } from './project-form.ts'

/** Names, and values that go in and never come out. */
export function Variables({ form }: { readonly form: ProjectForm }) {
  const { t } = useTranslation('deploy')
  const { variables } = form.values
  return (
    <Fieldset legend={t('form.variables')} p="xs">
      <Stack gap="xs">
        {variables.map(({ name, kept }, index) => (
          <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              flex={1}
              size="xs"
              aria-label={t('form.variable')}
              placeholder={t('form.variable')}
              readOnly={kept}
              error={name && !isVariable(name) ? t('form.variableBad') : undefined}
              {...form.getInputProps(`variables.${index}.name`)}
            />
            <PasswordInput
              flex={1}
              size="xs"
              aria-label={t('form.value')}
              placeholder={t(kept ? 'form.kept' : 'form.value')}
              autoComplete="off"
              {...form.getInputProps(`variables.${index}.value`)}
            />
            <ActionIcon mt={3} aria-label={t('form.removeVariable', { name })} onClick={() => form.removeListItem('variables', index)}>
              <IconX size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Group gap="xs" wrap="nowrap">
          <Button
            size="compact-xs"
            variant="subtle"
            flex="none"
            leftSection={<IconPlus size={13} />}
            onClick={() => form.insertListItem('variables', { name: '', value: '', kept: false })}
          >
            {t('form.addVariable')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('form.variablesHint')}
          </Text>
        </Group>
      </Stack>
    </Fieldset>
  )
}
