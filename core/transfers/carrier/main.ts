import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import type { Log } from '../../log.ts'
import type { LoginQuestions, WhoIsAsked } from '../../terminals/questions.ts'
import { createPace } from '../pace.ts'
import type { Carrier, CoreSide, Link } from './carrier.ts'
import { createLinks, type LeasedLanes } from './links.ts'
import { move } from './move.ts'
import { openOutflow } from './outflow.ts'
import { type ClonePort, joinPort } from './port-calls.ts'

/** The entry of the worker. It ends with the core, or when the core ends it. */
if (!parentPort) throw new Error('this runs as a worker of the core')

/** Behind whoever presses a key. Elsewhere than on Linux a priority is one of the whole process. */
if (process.platform === 'linux') setPriority(5)

let rate = 0
const core: Promise<CoreSide> = joinPort<CoreSide>(parentPort as ClonePort, {
  lease: async (...given) => linkOn(await links, await (await links).lease(...given)),
  prove: async () => (await links).prove(),
  limit: async (bytesPerSecond) => {
    rate = bytesPerSecond
  },
} satisfies Carrier).theirs

const links = core.then(({ environment, prepare, remember, askForRoot }) =>
  createLinks({
    environment,
    prepare,
    askForRoot,
    reach: { remember: (...given) => void remember(...given) },
    questions,
    log: remoteLog(),
    pace: createPace(() => rate),
  }),
)

function linkOn(all: Awaited<typeof links>, { lanes, name, release }: LeasedLanes): Link {
  return {
    name,
    home: lanes.first.home,
    move: (what, hooks) => move(what, lanes, hooks, all.lease),
    open: (path, signal) => openOutflow(path, lanes, signal),
    async remove(paths) {
      for (const path of paths) await lanes.first.remove(path).catch(() => undefined)
    },
    release,
  }
}

function questions(asked: WhoIsAsked): LoginQuestions {
  const lent = core.then((side) => side.questions(asked))
  lent.catch(() => undefined)
  return {
    askPassword: async (...given) => (await lent).askPassword(...given),
    askNewPassword: async (...given) => (await lent).askNewPassword(...given),
    askKeyboardInteractive: async (...given) => (await lent).askKeyboardInteractive(...given),
    keep: async () => (await lent).keep(),
  }
}

/** The core writes it. */
function remoteLog(): Log {
  const at =
    (level: Parameters<CoreSide['log']>[0]) =>
    (...values: unknown[]) =>
      void core.then((side) => side.log(level, values))
  const quiet = () => undefined
  return { trace: quiet, debug: quiet, info: at('info'), warn: at('warn'), error: at('error') } as unknown as Log
}
