import { InstancesTable } from '../instances/instances-table.tsx'
import classes from './workspace.module.css'

/** What one begins with. */
export function HomePanel() {
  return (
    <div className={classes.panel}>
      <InstancesTable />
    </div>
  )
}
