import { List, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import news from './news.json'

/** The versions, the newest first. */
export function News() {
  const { t, i18n } = useTranslation('help')
  return (
    <Stack gap="lg">
      {news.map(({ version, date, ...texts }) => (
        <section key={version} aria-label={t('news.version', { version })}>
          <Head
            version={version}
            date={new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(date))}
          />
          <List size="sm" spacing={6} mt={6}>
            {texts[i18n.language === 'es' ? 'es' : 'en'].map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
        </section>
      ))}
    </Stack>
  )
}

function Head({ version, date }: { readonly version: string; readonly date: string }) {
  const { t } = useTranslation('help')
  return (
    <>
      <Title order={3} size="h5">
        {t('news.version', { version })}
      </Title>
      <Text size="xs" c="dimmed">
        {date}
      </Text>
    </>
  )
}
