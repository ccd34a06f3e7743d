import { ActionIcon, Button, Fieldset, Group, Select, Switch, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultHighlights, type HighlightRule, highlightColours, ownRules } from '../../contract/models/highlight.ts'
import { useSettings } from '../api/live.ts'
import { toPattern } from '../terminal/find/pattern.ts'
import { change } from './change.ts'

/** Which words are drawn in a colour. */
export function HighlightRules() {
  const { t } = useTranslation()
  const { highlights } = useSettings()
  const put = (rule: HighlightRule) => change({ highlights: highlights.map((other) => (other.id === rule.id ? rule : other)) })
  return (
    <Fieldset legend={t('settings.highlights.title')}>
      {highlights.map((rule) => (
        <Rule
          key={rule.id}
          rule={rule}
          onChange={put}
          onRemove={() => change({ highlights: highlights.filter(({ id }) => id !== rule.id) })}
        />
      ))}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          onClick={() => change({ highlights: [...highlights, { id: crypto.randomUUID(), pattern: '', colour: 'green', on: true }] })}
        >
          {t('settings.highlights.add')}
        </Button>
        <Button size="xs" variant="default" onClick={() => change({ highlights: defaultHighlights })}>
          {t('settings.highlights.reset')}
        </Button>
      </Group>
    </Fieldset>
  )
}

interface RuleProps {
  readonly rule: HighlightRule
  onChange(rule: HighlightRule): void
  onRemove(): void
}

/** An expression takes effect once its field is left, and only when it is one. */
function Rule({ rule, onChange, onRemove }: RuleProps) {
  const { t } = useTranslation()
  const [pattern, setPattern] = useState(rule.pattern)
  const own = ownRules.find((id) => id === rule.id)
  const name = own ? t(`settings.highlights.own.${own}`) : pattern || t('settings.highlights.new')
  const broken = toPattern(pattern, { regex: true, caseSensitive: false, wholeWord: false }).kind === 'broken'
  const take = () => !broken && pattern !== rule.pattern && onChange({ ...rule, pattern })
  return (
    <Group gap="xs" mb="xs" wrap="nowrap" role="group" aria-label={name}>
      <Switch
        aria-label={t('settings.highlights.on', { name })}
        title={own && name}
        checked={rule.on}
        onChange={(event) => onChange({ ...rule, on: event.currentTarget.checked })}
      />
      <TextInput
        flex={1}
        size="xs"
        spellCheck={false}
        aria-label={t('settings.highlights.pattern', { name })}
        placeholder={t('settings.highlights.new')}
        value={pattern}
        error={broken && t('settings.highlights.broken')}
        styles={{ input: { fontFamily: 'monospace' } }}
        onChange={(event) => setPattern(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      <Select
        w={110}
        size="xs"
        aria-label={t('settings.highlights.colour', { name })}
        allowDeselect={false}
        value={rule.colour}
        data={highlightColours.map((value) => ({ value, label: t(`settings.highlights.colours.${value}`) }))}
        onChange={(colour) => colour && onChange({ ...rule, colour })}
      />
      <ActionIcon aria-label={t('settings.highlights.remove', { name })} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  )
}
