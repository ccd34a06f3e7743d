import { useTranslation } from 'react-i18next'
import type { Schedule, SchedulePlan, TargetTag } from '../../contract/models/schedule.ts'
import { formatList } from '../words/formats.ts'
import { localTime, weekdayName } from './times.ts'

/** A policy in plain words: how often, how long kept, copied where, and why it reaches this machine. */
export function useScheduleWords() {
  const { t, i18n } = useTranslation('schedules')
  const { language } = i18n
  const timing = (said: SchedulePlan['timing']): string => {
    if (said.kind === 'other') return t('every.other', { said: said.said })
    const times = { at: said.at, local: localTime(said.at, language), minute: said.at.slice(3) }
    if (said.kind === 'hours') return said.hours === 24 ? t('every.day', times) : t('every.hours', { ...times, count: said.hours })
    const days = formatList(
      said.days.map((day) => weekdayName(day, language)),
      language,
    )
    return t('every.week', { ...times, days })
  }
  const keep = (kept: SchedulePlan['keep']): string | undefined => {
    if (!kept) return undefined
    return kept.kind === 'count' ? t('keep.count', { count: kept.count }) : t(`keep.${kept.unit}`, { count: kept.interval })
  }
  return {
    plan: (plan: SchedulePlan): string =>
      [
        timing(plan.timing),
        keep(plan.keep),
        ...plan.copies.map(({ region, encrypted }) => t(encrypted ? 'copyEncrypted' : 'copy', { region })),
      ]
        .filter(Boolean)
        .join(' · '),
    reaches({ reaches, tags, makes, withoutSystemDisk }: Schedule): string {
      const said = t(`reaches.${reaches}`, { tags: formatList(tags.map(tagText), language, 'disjunction') })
      return [said, makes === 'images' && t('images'), withoutSystemDisk && t('withoutSystemDisk')].filter(Boolean).join(' · ')
    },
  }
}

export function tagText({ key, value }: TargetTag): string {
  return `${key} = ${value}`
}
