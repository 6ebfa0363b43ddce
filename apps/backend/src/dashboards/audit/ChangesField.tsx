import type { JSONFieldServerComponent } from 'payload';
import { DataTable } from '../components/DataTable';
import { changesSchema, changeText } from './changeText';

/** The changes of one action, a line each. */
export const ChangesField: JSONFieldServerComponent = ({ data }) => (
  <DataTable
    caption="What changed"
    columns={[{ heading: 'Field: before → after', cell: changeText }]}
    empty="Nothing but that it was done."
    keyOf={({ field }) => field}
    rows={changesSchema.safeParse(data?.['changes']).data ?? []}
  />
);
