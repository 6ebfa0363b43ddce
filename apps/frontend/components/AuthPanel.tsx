import type { ReactNode } from 'react';
import styles from './AuthPanel.module.css';

/** The frame of the pages around signing in. */
export const AuthPanel = ({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) => (
  <div className={`container ${styles.frame}`}>
    <section className={styles.panel} aria-labelledby="panel-title">
      <header className={styles.head}>
        <h1 id="panel-title">{title}</h1>
        {lead ? <p className={styles.lead}>{lead}</p> : null}
      </header>
      {children}
    </section>
    <div className={styles.table} aria-hidden="true">
      <svg viewBox="0 0 400 400" focusable="false" aria-hidden="true">
        <circle cx="200" cy="200" r="74" fill="var(--saffron)" />
        {[0, 60, 120, 180, 240, 300].map((degrees, index) => (
          <circle
            key={degrees}
            cx="200"
            cy="54"
            r="45"
            fill={['var(--events)', 'var(--locations)', 'var(--services)'][index % 3]}
            transform={`rotate(${degrees} 200 200)`}
          />
        ))}
      </svg>
    </div>
  </div>
);
