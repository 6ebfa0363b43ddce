import { styleText } from 'node:util';
import type { AppName } from '../packageScript';

type Style = Parameters<typeof styleText>[0];

const colours = { backend: 'magenta', worker: 'yellow', frontend: 'cyan' } as const satisfies Record<AppName, Style>;
const NAME_WIDTH = Math.max(...Object.keys(colours).map((name) => name.length));

const style = (format: Style, text: string): string => styleText(format, text, { stream: process.stdout });

export const say = (text: string): void => console.log(`${style('green', '▸')} ${text}`);

export const complain = (text: string): void => console.error(`\n${style(['red', 'bold'], '✗')} ${text}\n`);

export const logLine = (app: AppName, line: string): void =>
  console.log(`${style(colours[app], app.padEnd(NAME_WIDTH))} ${style('dim', '│')} ${line}`);

/** Rows of a label and what belongs to it, in columns. */
export const printTable = (title: string, rows: string[][]): void => {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  console.log(`\n  ${style('bold', title)}`);
  for (const row of rows) {
    const [label = '', ...cells] = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    console.log(`    ${style('dim', label)}  ${cells.join('  ').trimEnd()}`);
  }
};
