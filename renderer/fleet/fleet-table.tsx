import { Table } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FleetRun } from '../../contract/models/fleet.ts'
import classes from './fleet.module.css'
import { HostRow } from './host-row.tsx'
import { failuresFirst } from './order.ts'

const NUMBERS = ['pending', 'security', 'installed', 'failed'] as const

/** One line an instance, failures first. */
export function FleetTable({ run }: { readonly run: FleetRun }) {
  const { t } = useTranslation('fleet')
  const [open, setOpen] = useState<number>()
  return (
    <div className={classes.frame}>
      <Table aria-label={t('results')} verticalSpacing={6} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('column.instance')}</Table.Th>
            <Table.Th>{t('column.state')}</Table.Th>
            {NUMBERS.map((name) => (
              <Table.Th key={name} className={classes.number ?? ''}>
                {t(`column.${name}`)}
              </Table.Th>
            ))}
            <Table.Th>{t('column.restart')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {failuresFirst(run.hosts).map(({ host, index }) => (
            <HostRow
              key={index}
              runId={run.id}
              host={host}
              index={index}
              numbers={NUMBERS.map((name) => host[name])}
              open={open === index}
              onOpen={() => setOpen(open === index ? undefined : index)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
