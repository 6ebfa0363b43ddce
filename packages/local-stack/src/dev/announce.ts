import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const loginsSchema = z.array(z.object({ role: z.string(), email: z.string(), password: z.string() }));

const readLogins = async (dataDirectory: string): Promise<z.infer<typeof loginsSchema>> => {
  const text = await readFile(path.join(dataDirectory, 'demo-logins.json'), 'utf8').catch(() => '[]');
  return loginsSchema.parse(JSON.parse(text));
};

const table = (rows: [string, string][]): string[] => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `    ${name.padEnd(width)}  ${value}`);
};

/** What a newcomer wants to know once all is up: where everything is, and who one can be. */
export const announcement = async ({
  urls,
  dataDirectory,
  seconds,
}: {
  urls: [name: string, url: string][];
  dataDirectory: string;
  seconds: number;
}): Promise<string> => {
  const logins = await readLogins(dataDirectory);
  const lines = [`  Convene is ready (${seconds.toFixed(0)} s)`, '', ...table(urls)];
  if (logins.length > 0) {
    lines.push('', '  Sign in as');
    lines.push(...table(logins.map(({ role, email, password }) => [role, `${email}  ${password}`])));
  }
  lines.push('', `  Data lies in ${dataDirectory}. Ctrl-C stops everything.`);
  return `\n${lines.join('\n')}\n\n`;
};
