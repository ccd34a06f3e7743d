import type { Connection } from '../ssh/connect.ts'

export interface Lease {
  readonly connection: Connection
  /** Another terminal had already opened it. */
  readonly shared: boolean
  /** One more, for whoever works on the same connection and may outlast the first. */
  again(): Lease
  /** The last one to let go closes the connection. */
  release(): void
}

/** One SSH connection a host and login, shared by its terminals. */
export interface Connections {
  /**
   * The connection that is open or being opened under this key, else a new one; `full` is one that takes no further shell (sshd_config's
   * MaxSessions, 10 by default) and is passed over. Throws what `connect` throws.
   */
  lease(key: string, connect: () => Promise<Connection>, full?: Connection): Promise<Lease>
  /** The computer or its network was asleep: those that no longer answer count as lost. */
  prove(): void
  closeAll(): void
}

interface Entry {
  readonly connection: Connection
  leases: number
}

export function createConnections(): Connections {
  const open = new Map<string, Entry>()
  const connecting = new Map<string, Promise<Connection>>()

  function take(key: string, shared: boolean, full?: Connection): Lease | undefined {
    const entry = open.get(key)
    if (!entry || entry.connection === full) return undefined
    return leaseOf(key, entry, shared)
  }
  function leaseOf(key: string, entry: Entry, shared: boolean): Lease {
    entry.leases += 1
    let held = true
    return {
      connection: entry.connection,
      shared,
      again: () => leaseOf(key, entry, true),
      release() {
        if (!held) return
        held = false
        entry.leases -= 1
        if (entry.leases > 0) return
        if (open.get(key) === entry) open.delete(key)
        entry.connection.close()
      },
    }
  }

  return {
    async lease(key, connect, full) {
      for (;;) {
        const existing = take(key, true, full)
        if (existing) return existing
        const other = connecting.get(key)
        if (!other) break
        // Its failure is its own: whoever waited asks their own questions then.
        await other.catch(() => undefined)
      }
      const opening = connect()
      connecting.set(key, opening)
      try {
        const connection = await opening
        const entry = { connection, leases: 0 }
        open.set(key, entry)
        void connection.closed.then(() => {
          if (open.get(key) === entry) open.delete(key)
        })
        return take(key, false) as Lease
      } finally {
        connecting.delete(key)
      }
    },
    prove() {
      for (const { connection } of open.values()) connection.prove()
    },
    closeAll() {
      for (const { connection } of open.values()) connection.close()
      open.clear()
    },
  }
}
