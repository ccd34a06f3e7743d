import { Worker } from 'node:worker_threads'
import type { Log } from '../../log.ts'
import type { Prompts } from '../../prompts/prompts.ts'
import type { Prepared, Reach } from '../../reach/reach.ts'
import { signWith } from '../../ssh/login/signature.ts'
import type { LeaseServices } from '../../terminals/through.ts'
import { UserError } from '../../user-error.ts'
import type { Carrier, CoreSide } from './carrier.ts'
import { type ClonePort, joinPort } from './port-calls.ts'

export interface CarrierServices extends Pick<LeaseServices, 'environment' | 'questions'> {
  readonly reach: Pick<Reach, 'prepare' | 'remember'>
  readonly prompts: Pick<Prompts, 'ask'>
  readonly log: Log
  /** Where the worker's own code is, once the product has been bundled. */
  readonly carrierEntry?: string | undefined
}

/** The worker that carries transfers, from when it is first wanted. One that dies makes room for another. */
export interface Carriers {
  /** Its calls throw CONNECTION_LOST once it has died. */
  current(): Promise<Carrier>
  /** The one that is there, if any. */
  readonly running: Promise<Carrier> | undefined
  close(): void
}

/** `begin`: what a new one is told before anything else. */
export function createCarriers(services: CarrierServices, begin: (carrier: Carrier) => Promise<void>): Carriers {
  let running: { readonly carrier: Promise<Carrier>; end(): void } | undefined

  function start() {
    const worker = new Worker(services.carrierEntry ?? new URL('./main.ts', import.meta.url), { name: 'transfers', execArgv: [] })
    worker.unref()
    const { theirs, end } = joinPort<Carrier>(worker as ClonePort, coreSide(services))
    const carrier = theirs.then(async (ready) => {
      await begin(ready)
      return ready
    })
    carrier.catch(() => undefined)
    const own = {
      carrier,
      end() {
        if (running === own) running = undefined
        end(new UserError('CONNECTION_LOST', { host: '', reason: 'closed' }))
        void worker.terminate()
      },
    }
    worker.on('error', (err) => services.log.error({ err }, 'the worker of transfers failed'))
    worker.once('exit', own.end)
    return own
  }
  return {
    current() {
      running ??= start()
      return running.carrier
    },
    get running() {
      return running?.carrier
    },
    close: () => running?.end(),
  }
}

function coreSide({ environment, reach, questions, prompts, log }: CarrierServices): CoreSide {
  return {
    environment,
    prepare: async (target, options) => keepingKeys(await reach.prepare(target, { ...options, onStep: () => undefined })),
    remember: reach.remember,
    questions: async (asked) => questions({ ...asked, because: 'transfer' }),
    async askForRoot({ user, host, again, ...who }) {
      const question = { kind: 'password', because: 'root-transfer', user, host, again, canRemember: false } as const
      const answer = await prompts.ask(question, who)
      return answer.kind === 'values' ? (answer.values[0] ?? '') : ''
    },
    log: (level, [fields, ...more]) => log[level](fields as object, ...(more as [])),
  }
}

/** Keys stay in the core's own thread: what signs with them is lent. */
function keepingKeys(prepared: Prepared): Prepared {
  const { options, through } = prepared
  const keys = options.keys.map((key) => ({
    ...key,
    async load(user: string) {
      const { parsed, ...loaded } = await key.load(user)
      return parsed ? { ...loaded, sign: signWith(parsed) } : loaded
    },
  }))
  return {
    ...prepared,
    options: { ...options, keys },
    through: through?.kind === 'jump' ? { ...through, prepared: keepingKeys(through.prepared) } : through,
  }
}
