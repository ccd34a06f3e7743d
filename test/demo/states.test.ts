import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { GetConsoleOutputCommand, RebootInstancesCommand, StartInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2'
import { describe, expect, it } from 'vitest'
import { instance, type Outcome, shortTimes, ssh, sshArguments, usePractice } from './practice.ts'

const practice = usePractice()
const web = 'i-0a41c7e92b5d3f801'
const database = 'i-05f2b86a1d94c7e30'
const batch = 'i-0b7e4190c2d8f6a53'

describe('the states of a practice instance', () => {
  it('goes from stopped through pending to running, with an address, and can be entered', async () => {
    // Long enough for another call while it lasts.
    await practice.cloud.setTimes({ ...shortTimes, pending: 3_000 })
    const started = await practice.client().send(new StartInstancesCommand({ InstanceIds: [batch] }))
    expect(started.StartingInstances).toMatchObject([
      { InstanceId: batch, PreviousState: { Name: 'stopped', Code: 80 }, CurrentState: { Name: 'pending', Code: 0 } },
    ])
    const again = practice.client().send(new StopInstancesCommand({ InstanceIds: [batch] }))
    await expect(again).rejects.toMatchObject({ name: 'IncorrectInstanceState' })
    await practice.cloud.setTimes(shortTimes)
    await state(batch, 'running')
    const address = await addressOf(batch)
    expect(address).toMatch(/^203\.0\.113\./)
    expect(await enter(address, 'ec2-user')).toMatchObject({ code: 0, out: 'ec2-user\n' })
  })

  it('prints its host keys again at every boot where its image says so', async () => {
    const { Output } = await practice.client().send(new GetConsoleOutputCommand({ InstanceId: batch }))
    expect(Buffer.from(Output ?? '', 'base64').toString()).toContain('BEGIN SSH HOST KEY KEYS')
  })

  it('goes from running through stopping to stopped, ends its sessions and loses its address', async () => {
    const session = spawn('ssh', [...sshArguments(practice, 'practice'), 'ubuntu@203.0.113.10', 'echo in; sleep 1000'])
    await once(session.stdout, 'data')
    const ended = once(session, 'close')
    const stopped = await practice.client().send(new StopInstancesCommand({ InstanceIds: [web] }))
    expect(stopped.StoppingInstances).toMatchObject([{ PreviousState: { Name: 'running' }, CurrentState: { Name: 'stopping', Code: 64 } }])
    expect((await ended)[0]).toBe(255)
    await state(web, 'stopped')
    expect(await instance(practice.client(), web)).toMatchObject({
      PublicDnsName: '',
      StateTransitionReason: expect.stringMatching(/^User initiated \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\)$/),
      StateReason: { Code: 'Client.UserInitiatedShutdown' },
    })
    expect(await readFile(practice.cloud.sshConfigFile, 'utf8')).not.toContain('203.0.113.10 ')
  })

  it('comes back at another address, each time, with the same host key', async () => {
    const seen = new Set(['203.0.113.10'])
    for (const _time of [1, 2]) {
      await practice.client().send(new StartInstancesCommand({ InstanceIds: [web] }))
      await state(web, 'running')
      const address = await addressOf(web)
      expect(seen).not.toContain(address)
      seen.add(address)
      expect(await enter(address, 'ubuntu', 'HostKeyAlias=web-1')).toMatchObject({ code: 0 })
      await practice.client().send(new StopInstancesCommand({ InstanceIds: [web] }))
      await state(web, 'stopped')
    }
  })

  it('keeps an Elastic IP', async () => {
    await practice.client().send(new StopInstancesCommand({ InstanceIds: [database] }))
    await state(database, 'stopped')
    expect(await addressOf(database)).toBe('203.0.113.20')
    await practice.client().send(new StartInstancesCommand({ InstanceIds: [database] }))
    await state(database, 'running')
    expect(await addressOf(database)).toBe('203.0.113.20')
    const { NetworkInterfaces } = await instance(practice.client(), database)
    expect(NetworkInterfaces?.[0]?.Association?.IpOwnerId).toBe('123456789012')
  })

  it('does nothing where there is nothing to do', async () => {
    const again = await practice.client().send(new StopInstancesCommand({ InstanceIds: [web] }))
    expect(again.StoppingInstances).toMatchObject([{ PreviousState: { Name: 'stopped' }, CurrentState: { Name: 'stopped' } }])
  })

  it('ends its sessions at a reboot and is back, running all the while', async () => {
    const client = practice.client({ region: 'eu-west-1' })
    const target = 'ubuntu@203.0.113.110'
    const session = spawn('ssh', [...sshArguments(practice, 'practice'), target, 'echo in; sleep 1000'])
    await once(session.stdout, 'data')
    const ended = once(session, 'close')
    await client.send(new RebootInstancesCommand({ InstanceIds: ['i-03e8b5a7c9d1f2460'] }))
    expect((await instance(client, 'i-03e8b5a7c9d1f2460')).State?.Name).toBe('running')
    expect((await ended)[0]).toBe(255)
    expect(await enter('203.0.113.110', 'ubuntu')).toMatchObject({ code: 0 })
    const { Output } = await client.send(new GetConsoleOutputCommand({ InstanceId: 'i-03e8b5a7c9d1f2460' }))
    expect(
      Buffer.from(Output ?? '', 'base64')
        .toString()
        .match(/Linux version/g),
    ).toHaveLength(2)
  })
})

async function state(id: string, name: string) {
  while ((await instance(practice.client(), id)).State?.Name !== name) await pause(20)
}

async function addressOf(id: string): Promise<string> {
  return (await instance(practice.client(), id)).PublicIpAddress ?? ''
}

/** `running` comes before the SSH server does, as in EC2. */
async function enter(address: string, user: string, option = 'ConnectTimeout=1'): Promise<Outcome> {
  for (;;) {
    while (!(await readFile(practice.cloud.sshConfigFile, 'utf8')).includes(`Host ${address} `)) await pause(20)
    const result = await ssh(practice, 'practice', '-o', 'ConnectTimeout=1', '-o', option, `${user}@${address}`, 'echo $USER')
    if (!/timed out|refused|reset|closed/.test(result.err)) return result
  }
}
