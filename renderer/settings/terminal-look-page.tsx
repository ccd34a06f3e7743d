import { Button, FileButton, Group, NumberInput, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultSettings } from '../../contract/models/settings.ts'
import { cursorStyles, fontFamily } from '../../contract/models/terminal-look.ts'
import { useSettings } from '../api/live.ts'
import { readSchemes } from '../terminal/look/import-scheme.ts'
import { change } from './change.ts'
import { HighlightRules } from './highlight-rules.tsx'
import { Labelled } from './look-page.tsx'
import { ThemeChoice } from './theme-choice.tsx'

export function TerminalLookPage() {
  const { t } = useTranslation()
  const settings = useSettings()
  return (
    <Stack>
      <ThemeChoice value={settings.terminalTheme} onChange={(terminalTheme) => change({ terminalTheme })} />
      <ImportSchemes />
      <Group align="flex-start">
        <FontField />
        <NumberInput
          label={t('settings.fontSize')}
          w={110}
          min={6}
          max={40}
          clampBehavior="strict"
          value={settings.fontSize}
          onChange={(value) => typeof value === 'number' && Number.isInteger(value) && value >= 6 && change({ fontSize: value })}
        />
        <NumberInput
          label={t('settings.lineHeight')}
          w={110}
          min={1}
          max={2}
          step={0.05}
          decimalScale={2}
          clampBehavior="strict"
          value={settings.lineHeight}
          onChange={(value) => typeof value === 'number' && value >= 1 && change({ lineHeight: value })}
        />
      </Group>
      <Labelled label={t('settings.cursorStyle')}>
        <SegmentedControl
          aria-label={t('settings.cursorStyle')}
          value={settings.cursorStyle}
          onChange={(cursorStyle) => change({ cursorStyle })}
          data={cursorStyles.map((value) => ({ value, label: t(`settings.cursorStyles.${value}`) }))}
        />
      </Labelled>
      {(['cursorBlink', 'ligatures'] as const).map((name) => (
        <Switch
          key={name}
          label={t(`settings.${name}`)}
          description={name === 'ligatures' ? t('settings.ligaturesText') : undefined}
          checked={settings[name]}
          onChange={(event) => change({ [name]: event.currentTarget.checked })}
        />
      ))}
      <HighlightRules />
    </Stack>
  )
}

/** Taken once it is left: half a name is another font. */
function FontField() {
  const { t } = useTranslation()
  const settings = useSettings()
  const [text, setText] = useState(settings.fontFamily)
  const wrong = !fontFamily.safeParse(text).success
  const take = () => !wrong && text.trim() !== settings.fontFamily && change({ fontFamily: text.trim() })
  return (
    <TextInput
      label={t('settings.fontFamily')}
      placeholder={t('settings.fontFamilyOwn')}
      w={220}
      spellCheck={false}
      value={text}
      error={wrong && t('settings.fontFamilyWrong')}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
}

/** The largest file that is read at all. */
const MOST_BYTES = 1_000_000

function ImportSchemes() {
  const { t } = useTranslation()
  const { terminalThemes, terminalTheme } = useSettings()
  const imported = terminalThemes.find(({ id }) => id === terminalTheme)

  async function add(files: readonly File[]) {
    const read = await Promise.all(
      files.map(async (file) => {
        const found = file.size > MOST_BYTES ? [] : readSchemes(file.name, await file.text())
        if (found.length === 0)
          notifications.show({ color: 'orange', role: 'alert', message: t('settings.schemeUnreadable', { name: file.name }) })
        return found
      }),
    )
    // One of the same name takes the older one's place.
    const added = read.flat().map((scheme) => ({ ...scheme, id: `imported ${scheme.name}` }))
    const [first] = added
    if (!first) return
    const ids = new Set(added.map(({ id }) => id))
    const unique = added.filter((scheme, index) => added.findIndex(({ id }) => id === scheme.id) === index)
    change({ terminalThemes: [...terminalThemes.filter(({ id }) => !ids.has(id)), ...unique].slice(-200), terminalTheme: first.id })
  }
  return (
    <Group gap="xs">
      <FileButton multiple accept=".itermcolors,.json,.plist,.xml" onChange={(files) => void add(files)}>
        {(props) => (
          <Button variant="default" size="xs" {...props}>
            {t('settings.importScheme')}
          </Button>
        )}
      </FileButton>
      {imported && (
        <Button
          variant="default"
          size="xs"
          onClick={() =>
            change({ terminalThemes: terminalThemes.filter(({ id }) => id !== imported.id), terminalTheme: defaultSettings.terminalTheme })
          }
        >
          {t('settings.removeScheme', { name: imported.name })}
        </Button>
      )}
      <Text size="xs" c="dimmed">
        {t('settings.importSchemeText')}
      </Text>
    </Group>
  )
}
