import type { AnyAuthMethod, KeyboardInteractiveAuthMethod } from 'ssh2'
import type { LoginStep, OnStep } from './login-step.ts'
import { plainText } from './server-text.ts'

/** RFC 4256; all of it is the server's own words, made plain. */
export interface KeyboardInteractiveRequest {
  readonly name: string
  readonly instructions: string
  readonly fields: { label: string; echo: boolean }[]
}

export interface LoginQuestions {
  askPassword(user: string, again: boolean): Promise<string>
  askKeyboardInteractive(user: string, request: KeyboardInteractiveRequest): Promise<readonly string[]>
  /** The password was right and has to be changed; `said` is the server's own, made plain. `again`: it did not like the last one. */
  askNewPassword(user: string, request: { readonly said: string; readonly again: boolean }): Promise<string>
}

export interface QuestionMethods {
  /** `undefined`: the server wants nothing that a person could answer, or has refused too often. Throws what the question throws. */
  next(offered: readonly string[]): Promise<AnyAuthMethod | undefined>
  /** `undefined`: no password was given, or too many new ones were not liked. Throws what the question throws. */
  changePassword(said: string): Promise<{ readonly old: string; readonly changed: string } | undefined>
  /** One answer was right, and the server wants another. */
  again(): void
}

export interface QuestionMethodsOptions {
  readonly user: string
  readonly questions: LoginQuestions
  readonly step: LoginStep
  readonly onStep: OnStep
  /** A question that was asked in the middle of a method, where nothing can be thrown. */
  readonly onFailed: (error: unknown) => void
}

/** As many as OpenSSH asks. */
const MAX_QUESTIONS = 3
/** RFC 4256 sets no limit. */
const MAX_FIELDS = 32

export function createQuestionMethods({ user, questions, step, onStep, onFailed }: QuestionMethodsOptions): QuestionMethods {
  let asked = 0
  let changes = 0
  let given: string | undefined

  async function asking<Value>(question: string, ask: () => Promise<Value>): Promise<Value> {
    onStep({ step: 'asking', outcome: 'doing', params: { question } })
    try {
      const value = await ask()
      onStep({ step: 'asking', outcome: 'ok', params: { question } })
      return value
    } catch (error) {
      onStep({ step: 'asking', outcome: 'failed', params: { question } })
      throw error
    }
  }

  const prompt: KeyboardInteractiveAuthMethod['prompt'] = (name, instructions, _language, prompts, finish) => {
    const fields = prompts.slice(0, MAX_FIELDS).map((field) => ({ label: plainText(field.prompt, 400), echo: field.echo === true }))
    const request = { name: plainText(name, 200), instructions: plainText(instructions), fields }
    asking('keyboard-interactive', () => questions.askKeyboardInteractive(user, request)).then(
      (answers) => finish(prompts.map((_, index) => answers[index] ?? '')),
      onFailed,
    )
  }

  return {
    async next(offered) {
      if (asked >= MAX_QUESTIONS) return undefined
      const again = asked++ > 0
      if (offered.includes('password')) {
        const password = await asking('password', () => questions.askPassword(user, again))
        given = password
        changes = 0
        step.begin('password', { user })
        return { type: 'password', username: user, password }
      }
      if (!offered.includes('keyboard-interactive')) return undefined
      step.begin('keyboard-interactive', { user })
      return { type: 'keyboard-interactive', username: user, prompt }
    },
    async changePassword(said) {
      const old = given
      if (old === undefined || changes >= MAX_QUESTIONS) return undefined
      const request = { said: plainText(said, 400), again: changes++ > 0 }
      const changed = await asking('new-password', () => questions.askNewPassword(user, request))
      return { old, changed }
    },
    again() {
      asked = 0
    },
  }
}
