import type { TFunction } from 'i18next'
import type { KeyMatch, LoginGuess } from '../../contract/models/reach.ts'
import type { TraceStep } from '../../contract/models/terminal.ts'

// The codes and their parameters are data here; a test of the words sees to it that each code has a sentence.
const say = (t: TFunction, key: string, params: Readonly<Record<string, unknown>>): string => t(key as 'name', { ...params })

export const loginSentence = (login: LoginGuess, t: TFunction): string => say(t, `reasons:login.${login.reason}`, login.params)

export const keySentence = (key: Extract<KeyMatch, { kind: 'found' }>, t: TFunction): string =>
  say(t, `reasons:key.${key.reason}`, key.params)

export const stepSentence = (step: TraceStep | undefined, t: TFunction): string => (step ? say(t, `steps:${step.step}`, step.params) : '')
