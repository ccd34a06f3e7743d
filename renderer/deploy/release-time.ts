import { formatMoment } from '../words/formats.ts'

/** `20260504T092047` is a time in UTC. */
export function releaseTime(id: string, language: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(id) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  return Number.isNaN(Date.parse(iso)) ? id : formatMoment(iso, language)
}
