import { afterAll, afterEach, beforeAll } from 'vitest'
import { type PracticeCloud, startPracticeCloud } from '../../demo/start.ts'
import { createHome } from './app.ts'
import { startCore, type TestCore } from './core.ts'
import { giveAccount } from './host.ts'

export interface PracticeCore {
  readonly cloud: PracticeCloud
  readonly core: TestCore
}

/** For the tests of one file: a person with the practice cloud as an account in `~/.aws`. Faults are cleared after each test. */
export function usePracticeCore(): PracticeCore {
  let cloud: PracticeCloud
  let core: TestCore
  let home: Awaited<ReturnType<typeof createHome>>
  beforeAll(async () => {
    cloud = await startPracticeCloud()
    home = await createHome()
    await giveAccount(home.home, cloud)
    core = await startCore(home.home, { AWS_PROFILE: 'practice' })
  })
  afterEach(() => cloud.clearFaults())
  afterAll(async () => {
    await core?.close()
    await cloud?.stop()
    await home?.remove()
  })
  return {
    get cloud() {
      return cloud
    },
    get core() {
      return core
    },
  }
}
