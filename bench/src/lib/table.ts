const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** 12345.67 as `12,345.7`. */
export const number = (value: number): string => numbers.format(value);

/** A share as `12.3 %`. */
export const percent = (share: number): string => `${numbers.format(share * 100)} %`;

export const milliseconds = (value: number): string => `${numbers.format(value)} ms`;

export const megabytes = (bytes: number): string => `${numbers.format(bytes / 1024 / 1024)} MB`;

/** The value below which `share` (0 to 1) of `sorted`, ascending, lies: nearest rank. NaN where there is none. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

type Column = { title: string; align?: 'left' | 'right' };

/** A table in Markdown with columns as wide as their cells, so that it reads well on a terminal too. */
export const markdownTable = (columns: Column[], rows: string[][]): string => {
  const widths = columns.map(({ title }, index) =>
    Math.max(3, title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: string[]): string =>
    `| ${columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? '';
        return align === 'right' ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0);
      })
      .join(' | ')} |`;
  const rule = `|${columns
    .map(({ align }, index) => {
      const dashes = '-'.repeat((widths[index] ?? 3) + 1);
      return align === 'right' ? `${dashes}:` : `${dashes}-`;
    })
    .join('|')}|`;
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)].join('\n');
};
