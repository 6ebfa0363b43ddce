import type { ReactNode } from 'react';
import styles from './Section.module.css';

/** A part of a page, with what one can do with all of it beside its heading. */
export const Section = ({
  id,
  title,
  lead,
  actions,
  children,
}: {
  id: string;
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) => (
  <section aria-labelledby={id} className={styles['section']}>
    <header>
      <h2 id={id}>{title}</h2>
      {actions ? <div className={styles['actions']}>{actions}</div> : null}
    </header>
    {lead ? <p className={styles['lead']}>{lead}</p> : null}
    {children}
  </section>
);

/** Several charts beside each other where there is room. */
export const Columns = ({ children }: { children: ReactNode }) => <div className={styles['columns']}>{children}</div>;

/** Something that staff should act on, said before everything else. */
export const Warning = ({ children }: { children: ReactNode }) => (
  <p className={styles['warning']} role="status">
    {children}
  </p>
);
