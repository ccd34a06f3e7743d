import { Button } from '@mantine/core'
import { IconDatabase } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bring } from './actions.tsx'
import { Databases } from './databases.tsx'
import { useDropHere } from './drag.ts'
import type { TunnelGroup } from './groups.ts'
import { HostPicture } from './host-picture.tsx'
import { TunnelRow } from './tunnel-row.tsx'
import classes from './tunnels.module.css'
import { useHostLabel } from './use-host-label.ts'

/** A host's tunnels: several of them in one picture. Below an instance's, the databases beside it that could have one too. */
export function TunnelsOfHost({ group: { key, target, tunnels } }: { readonly group: TunnelGroup }) {
  const { t } = useTranslation('tunnels')
  const host = useHostLabel(target)
  const [looking, setLooking] = useState(false)
  const drop = useDropHere(key, (database) => void bring(target, database))
  const brought = tunnels.flatMap(({ forward }) => (forward.kind === 'local' ? [`${forward.toHost}:${forward.toPort}`] : []))
  const several = tunnels.length > 1
  return (
    <li className={classes.group} aria-label={t('through', { host })}>
      {several && <HostPicture host={host} tunnels={tunnels} drop={drop} />}
      <ul className={classes.rows} aria-label={t('through', { host })}>
        {tunnels.map((tunnel) => (
          <TunnelRow key={tunnel.id} tunnel={tunnel} drop={several ? undefined : drop} />
        ))}
      </ul>
      {target.kind === 'instance' && (
        <>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconDatabase size={14} />}
            aria-expanded={looking}
            onClick={() => setLooking(!looking)}
          >
            {t('databases.beside', { host })}
          </Button>
          {looking && (
            <Databases instance={target.ref} from={key} brought={new Set(brought)} onBring={(database) => void bring(target, database)} />
          )}
        </>
      )}
    </li>
  )
}
