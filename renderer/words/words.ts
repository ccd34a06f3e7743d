import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Settings } from '../../contract/models/settings.ts'
import auditEn from './en/audit.json'
import authEn from './en/auth.json'
import backupsEn from './en/backups.json'
import bookmarksEn from './en/bookmarks.json'
import deployEn from './en/deploy.json'
import editorEn from './en/editor.json'
import errorsEn from './en/errors.json'
import filesEn from './en/files.json'
import instanceEn from './en/instance.json'
import keylessEn from './en/keyless.json'
import manyEn from './en/many.json'
import monitorEn from './en/monitor.json'
import networkEn from './en/network.json'
import reasonsEn from './en/reasons.json'
import shellEn from './en/shell.json'
import snippetsEn from './en/snippets.json'
import sshEn from './en/ssh.json'
import staysEn from './en/stays.json'
import stepsEn from './en/steps.json'
import transfersEn from './en/transfers.json'
import tunnelsEn from './en/tunnels.json'
import updatesEn from './en/updates.json'
import workspaceEn from './en/workspace.json'
import auditEs from './es/audit.json'
import authEs from './es/auth.json'
import backupsEs from './es/backups.json'
import bookmarksEs from './es/bookmarks.json'
import deployEs from './es/deploy.json'
import editorEs from './es/editor.json'
import errorsEs from './es/errors.json'
import filesEs from './es/files.json'
import instanceEs from './es/instance.json'
import keylessEs from './es/keyless.json'
import manyEs from './es/many.json'
import monitorEs from './es/monitor.json'
import networkEs from './es/network.json'
import reasonsEs from './es/reasons.json'
import shellEs from './es/shell.json'
import snippetsEs from './es/snippets.json'
import sshEs from './es/ssh.json'
import staysEs from './es/stays.json'
import stepsEs from './es/steps.json'
import transfersEs from './es/transfers.json'
import tunnelsEs from './es/tunnels.json'
import updatesEs from './es/updates.json'
import workspaceEs from './es/workspace.json'

export const words = {
  en: {
    shell: shellEn,
    errors: errorsEn,
    reasons: reasonsEn,
    steps: stepsEn,
    workspace: workspaceEn,
    bookmarks: bookmarksEn,
    many: manyEn,
    monitor: monitorEn,
    network: networkEn,
    audit: auditEn,
    backups: backupsEn,
    instance: instanceEn,
    snippets: snippetsEn,
    ssh: sshEn,
    transfers: transfersEn,
    files: filesEn,
    tunnels: tunnelsEn,
    deploy: deployEn,
    updates: updatesEn,
    auth: authEn,
    keyless: keylessEn,
    editor: editorEn,
    stays: staysEn,
  },
  es: {
    shell: shellEs,
    errors: errorsEs,
    reasons: reasonsEs,
    steps: stepsEs,
    workspace: workspaceEs,
    bookmarks: bookmarksEs,
    many: manyEs,
    monitor: monitorEs,
    network: networkEs,
    audit: auditEs,
    backups: backupsEs,
    instance: instanceEs,
    snippets: snippetsEs,
    ssh: sshEs,
    transfers: transfersEs,
    files: filesEs,
    tunnels: tunnelsEs,
    deploy: deployEs,
    updates: updatesEs,
    auth: authEs,
    keyless: keylessEs,
    editor: editorEs,
    stays: staysEs,
  },
}
export type Language = keyof typeof words

/** A key that has no words is a type error. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: (typeof words)['en']
  }
}

export function startWords(): void {
  void i18next.use(initReactI18next).init({
    lng: languageOf('system'),
    fallbackLng: 'en',
    resources: words,
    defaultNS: 'shell',
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}

export function languageOf(setting: Settings['language'], system: readonly string[] = navigator.languages): Language {
  if (setting !== 'system') return setting
  const known = system.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'es')
  return known === 'es' ? 'es' : 'en'
}
