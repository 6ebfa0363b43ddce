import { Link } from '@payloadcms/ui';
import styles from './ModerationView.module.css';
import type { ModerationQuery } from './moderationHref';
import { moderationHref } from './moderationHref';

export const QueuePages = ({ query, total, pageSize }: { query: ModerationQuery; total: number; pageSize: number }) => {
  const pages = Math.ceil(total / pageSize);
  if (pages < 2 && query.page === 1) return null;
  return (
    <nav aria-label="Pages" className={styles['pages']}>
      {query.page > 1 ? (
        <Link href={moderationHref({ ...query, page: Math.min(query.page - 1, Math.max(pages, 1)) })}>← Older</Link>
      ) : null}
      <span>
        Page {query.page} of {Math.max(pages, 1)}
      </span>
      {query.page < pages ? <Link href={moderationHref({ ...query, page: query.page + 1 })}>Newer →</Link> : null}
    </nav>
  );
};
