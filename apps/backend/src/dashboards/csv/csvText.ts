import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | Date | null;

/**
 * Rows as a file that spreadsheets open: a heading line, CRLF, moments in ISO. What a spreadsheet would take for a
 * formula is quoted as text: a title or a reason may be anybody's words.
 */
export const csvText = (columns: string[], rows: CsvValue[][]): string =>
  stringify(rows, {
    header: true,
    columns,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { date: (value) => value.toISOString() },
  });
