import type { ReactNode } from 'react';
import styles from './Disclosure.module.css';

/** Asks for something seldom wanted, in a place that opens first. */
export const Disclosure = ({ open, children }: { open: string; children: ReactNode }) => (
  <details className={styles.disclosure}>
    <summary className={styles.open}>{open}</summary>
    <div className={styles.body}>{children}</div>
  </details>
);
