import { EventEmitter } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { ParentPort } from 'electron'
import { PortMain } from './port-main.ts'

/** Gives the entry what a utilityProcess has, `process.parentPort`: its messages wait for the first listener. */
class Parent extends EventEmitter implements Pick<ParentPort, 'postMessage'> {
  postMessage(message: unknown) {
    parentPort?.postMessage(message)
  }
}

const parent = new Parent()
parent.once('newListener', () => {
  parentPort?.on('message', ({ message, ports }: { message: unknown; ports: MessagePort[] }) => {
    parent.emit('message', { data: message, ports: ports.map((port) => new PortMain(port)) })
  })
})
Object.defineProperty(process, 'parentPort', { value: parent })

await import(workerData as string)
