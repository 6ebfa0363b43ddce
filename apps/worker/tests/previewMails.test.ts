import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { locales, notificationTypes } from '@convene/common';
import { expect, test } from 'vitest';

test('every mail can be written as files, in every language', { timeout: 60_000 }, async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'convene-mails-'));
  try {
    const code = await new Promise<number | string | null>((resolve) => {
      execFile(
        process.execPath,
        ['--import', 'tsx', 'src/cli/previewMails.ts', '--write', directory],
        { cwd: path.resolve(import.meta.dirname, '..') },
        (error) => resolve(error ? (error.code ?? null) : 0),
      );
    });
    expect(code).toBe(0);
    const files = await readdir(directory);
    expect(files).toHaveLength(Object.keys(notificationTypes).length * locales.length * 2);
    expect(await readFile(path.join(directory, 'user.welcome.en.txt'), 'utf8')).toMatch(/^Subject: \S+/);
  } finally {
    await rm(directory, { recursive: true });
  }
});
