import { Link } from '@payloadcms/ui';
import styles from './QuickFilters.module.css';

/** One condition of Payload's list view. */
type Condition = { field: string; operator: string; value: string };
export type QuickFilter = { label: string; where?: Condition };

/** The address of a collection's list, narrowed so that its own filter shows by what. */
export const listHref = (collection: string, where?: Condition): string => {
  const path = `/admin/collections/${collection}`;
  if (!where) return path;
  const name = `where[or][0][and][0][${where.field}][${where.operator}]`;
  return `${path}?${new URLSearchParams({ [name]: where.value })}`;
};

/** What a list is narrowed to most often, above it. */
export const QuickFilters = ({ collection, filters }: { collection: string; filters: QuickFilter[] }) => (
  <nav aria-label="Often used filters" className={styles['filters']}>
    {filters.map(({ label, where }) => (
      <Link href={listHref(collection, where)} key={label} prefetch={false}>
        {label}
      </Link>
    ))}
  </nav>
);
