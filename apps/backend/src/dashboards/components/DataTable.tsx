import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

export type Column<Row> = {
  heading: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right, below each other. */
  isNumber?: boolean;
};

/** A plain table that scrolls within itself where the window is narrow. */
export const DataTable = <Row,>({
  caption,
  columns,
  rows,
  keyOf,
  empty,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string | number;
  /** What is said where there is nothing. */
  empty: string;
}) =>
  rows.length === 0 ? (
    <p className={styles['empty']}>{empty}</p>
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section aria-label={caption} className={styles['scroll']} tabIndex={0}>
      <table className={styles['table']}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ heading, isNumber }) => (
              <th className={isNumber ? styles['number'] : undefined} key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ heading, cell, isNumber }) => (
                <td className={isNumber ? styles['number'] : undefined} key={heading}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
