import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const names = ['record', 'flush', 'recover'] as const;

const asTemplate = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');

// `vitest -u` in this package writes texts.generated.ts anew.
test('texts.generated.ts holds what the .lua files hold', async () => {
  const scripts = await Promise.all(
    names.map(async (name) => {
      const lua = await readFile(path.join(import.meta.dirname, `${name}.lua`), 'utf8');
      return `export const ${name}Lua = \`${asTemplate(lua)}\`;\n`;
    }),
  );
  const header =
    '// Made from the .lua files by texts.test.ts (`vitest -u`): one module that every bundler and runner can load.\n';
  await expect(`${header}\n${scripts.join('\n')}`).toMatchFileSnapshot('./texts.generated.ts');
});
