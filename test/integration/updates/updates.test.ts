import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UpdateRun } from '../../../contract/models/updates.ts'
import { type TestCore, until } from '../../support/core.ts'
import { openWorkshop, type Workshop } from '../deploy/deploying.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
  const { debian } = workshop
  // Two packages of a repository of its own, one of which closes a hole.
  debian.run('mkdir -p /srv/repo /etc/apt/disabled && mv /etc/apt/sources.list /etc/apt/disabled/')
  for (const version of ['1.0', '1.1']) {
    for (const name of ['harbour', 'lighthouse']) {
      const control = `Package: ${name}\\nVersion: ${version}\\nArchitecture: all\\nMaintainer: Tester <tester@example.com>\\nDescription: of a test\\n`
      debian.run(`mkdir -p /tmp/${name}/DEBIAN && printf '${control}' > /tmp/${name}/DEBIAN/control`)
      if (name === 'lighthouse') {
        // It takes as long as the test wants.
        const wait = '#!/bin/sh\\nwhile [ -f /srv/wait ]; do sleep 0.1; done\\n'
        debian.run(`printf '${wait}' > /tmp/${name}/DEBIAN/postinst && chmod 755 /tmp/${name}/DEBIAN/postinst`)
      }
      debian.run(`dpkg-deb --build /tmp/${name} /srv/repo/${name}-${version}.deb`)
    }
    if (version === '1.0') debian.run('dpkg -i /srv/repo/*-1.0.deb && rm /srv/repo/*-1.0.deb')
  }
  for (const [suite, name] of [
    ['stable', 'harbour'],
    ['stable-security', 'lighthouse'],
  ]) {
    debian.run(`mkdir -p /srv/${suite} && mv /srv/repo/${name}-1.1.deb /srv/${suite}/`)
    const file = `/srv/${suite}/${name}-1.1.deb`
    debian.run(
      `cd /srv/${suite} && { dpkg-deb -f ${file}; echo "Filename: ./${name}-1.1.deb"; echo "Size: $(stat -c %s ${file})"; echo "SHA256: $(sha256sum ${file} | cut -d' ' -f1)"; } > Packages`,
    )
    const release = `Origin: Test\\nLabel: Test-${suite}\\nSuite: ${suite}\\nCodename: ${suite}\\nSHA256:\\n`
    debian.run(
      `cd /srv/${suite} && printf '${release}' > Release && echo " $(sha256sum Packages | cut -d' ' -f1) $(stat -c %s Packages) Packages" >> Release`,
    )
    debian.run(`echo "deb [trusted=yes] file:/srv/${suite} ./" >> /etc/apt/sources.list`)
  }
})
afterAll(() => workshop?.stop())

const over = (
  core: TestCore,
  id: string,
  test: (run: UpdateRun) => boolean = ({ phase }) => phase.kind === 'done' || phase.kind === 'failed',
) => core.client.updates.watch().then((states) => until(states, (runs) => runs.find((run) => run.id === id && test(run))))
const installed = (name: string) => workshop.debian.run(`dpkg-query -W -f '\${Version}' ${name}`)

test('what is pending, and what of it is security', async () => {
  const { core, target } = workshop
  expect(await core.client.updates.check({ target })).toMatchObject({
    system: 'Debian GNU/Linux 12 (bookworm)',
    manager: 'apt-get',
    allowed: true,
    pending: [
      { name: 'lighthouse', from: '1.0', to: '1.1', security: true },
      { name: 'harbour', from: '1.0', to: '1.1', security: false },
    ],
    restart: { needed: false },
  })
}, 60_000)

test('an update whose connection is lost, and whose app ends, goes on and is picked up again', async () => {
  const { debian, target } = workshop
  debian.run('touch /srv/wait')
  const first = await workshop.core.client.updates.start({ target, scope: 'security' })
  await over(workshop.core, first.id, ({ output }) => output.includes('Setting up lighthouse'))
  debian.cutConnections()
  await over(workshop.core, first.id, ({ phase }) => phase.kind === 'lost')
  const core = await workshop.another()
  const { id } = await core.client.updates.start({ target, scope: 'security' })
  await over(core, id, ({ output }) => output.includes('Setting up lighthouse'))
  debian.run('rm /srv/wait')
  const run = await over(core, id)
  expect(run.phase).toEqual({ kind: 'done' })
  expect([installed('lighthouse'), installed('harbour')]).toEqual(['1.1', '1.0'])
}, 90_000)

test('a lock is waited for, then everything is updated', async () => {
  const { core, debian, target } = workshop
  debian.run(
    `nohup setsid python3 -c 'import fcntl, os, time\nf = open("/var/lib/dpkg/lock-frontend", "w")\nfcntl.lockf(f, fcntl.LOCK_EX)\nopen("/srv/locked", "w")\nwhile os.path.exists("/srv/locked"): time.sleep(0.1)' >/dev/null 2>&1 & while [ ! -f /srv/locked ]; do sleep 0.1; done`,
  )
  const { id } = await core.client.updates.start({ target, scope: 'all' })
  await over(core, id, ({ output }) => /Waiting for cache lock|lock-frontend/.test(output))
  debian.run('rm /srv/locked')
  expect((await over(core, id)).phase).toEqual({ kind: 'done' })
  expect(installed('harbour')).toBe('1.1')
  debian.run('touch /var/run/reboot-required')
  expect(await core.client.updates.check({ target })).toMatchObject({ pending: [], restart: { needed: true } })
  expect((await core.client.activity.list())[0]).toMatchObject({ action: 'mooring:Update', outcome: 'done' })
}, 90_000)
