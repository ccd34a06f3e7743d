import { expect, test } from 'vitest'
import { copyName } from '../../../core/editor/local-copy.ts'

test.each([
  ['/etc/nginx/nginx.conf', 'nginx.conf'],
  ['/srv/app/settings.YAML', 'settings.YAML'],
  ['/etc/hosts', 'hosts.txt'],
  ['/srv/run.sh', 'run.sh.txt'],
  ['/srv/setup.exe', 'setup.exe.txt'],
  ['/srv/evil.desktop', 'evil.desktop.txt'],
  ['/srv/index.html', 'index.html.txt'],
  ['/srv/a.command', 'a.command.txt'],
  ['/srv/.env', 'env.txt'],
  ['/srv/CON.txt', '%43ON.txt'],
  ['/srv/a:b.conf', 'a%3Ab.conf'],
  ['/srv/a\\..\\b.conf', 'file.txt'],
  ['/srv/-rf.txt', 'rf.txt'],
  [`/srv/${'x'.repeat(200)}.log`, `${'x'.repeat(96)}.log`],
  ['/srv/\udcff.conf', '%FF.conf'],
])('a copy of %s is called %s: a file’s name everywhere, and nothing that a system runs', (path, name) => {
  expect(copyName(path)).toBe(name)
})
