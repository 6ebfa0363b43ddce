import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';

const tsx = createRequire(import.meta.url).resolve('tsx/cli');

const run = (code: string) =>
  new Promise<{ code: unknown; output: string }>((resolve) => {
    const module = path.join(import.meta.dirname, 'index.ts');
    const text = `import { holdExit } from ${JSON.stringify(module)};\n${code}`;
    execFile(process.execPath, [tsx, '--input-type=module', '-e', text], (error, stdout) =>
      resolve({ code: error ? error.code : 0, output: stdout }),
    );
  });

const pauseAndSay = `new Promise((resolve) => setTimeout(resolve, 100)).then(() => console.log('written'))`;

it('lets what is under way end first, and keeps the exit code', async () => {
  expect(await run(`holdExit(${pauseAndSay}, 10_000); process.exit(143);`)).toEqual({
    code: 143,
    output: 'written\n',
  });
});

it('waits no longer than the deadline', async () => {
  expect(await run('holdExit(new Promise(() => undefined), 50); process.exit(3);')).toEqual({ code: 3, output: '' });
});

it('ends with the exit code of its caller when the work fails', async () => {
  expect(await run(`holdExit(Promise.reject(new Error('no')), 10_000); process.exit(4);`)).toEqual({
    code: 4,
    output: '',
  });
});
