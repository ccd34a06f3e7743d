import { EventEmitter } from 'node:events'
import type { CustomScheme, Protocol, Session } from 'electron'

export class ProtocolDouble implements Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'> {
  readonly schemes: CustomScheme[] = []
  readonly handlers = new Map<string, Parameters<Protocol['handle']>[1]>()

  registerSchemesAsPrivileged(schemes: CustomScheme[]) {
    this.schemes.push(...schemes)
  }
  handle(scheme: string, handler: Parameters<Protocol['handle']>[1]) {
    this.handlers.set(scheme, handler)
  }
}

type PermissionRequest = Parameters<Session['setPermissionRequestHandler']>[0]
type PermissionCheck = Parameters<Session['setPermissionCheckHandler']>[0]
type DevicePermission = Parameters<Session['setDevicePermissionHandler']>[0]
type Used = 'resolveProxy' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'

export class SessionDouble extends EventEmitter implements Pick<Session, Used> {
  readonly protocol = new ProtocolDouble()
  request: PermissionRequest = null
  check: PermissionCheck = null
  device: DevicePermission = null
  proxy = 'DIRECT'
  readonly resolved: string[] = []

  async resolveProxy(url: string) {
    this.resolved.push(url)
    return this.proxy
  }
  setPermissionRequestHandler(handler: PermissionRequest) {
    this.request = handler
  }
  setPermissionCheckHandler(handler: PermissionCheck) {
    this.check = handler
  }
  setDevicePermissionHandler(handler: DevicePermission) {
    this.device = handler
  }
}
