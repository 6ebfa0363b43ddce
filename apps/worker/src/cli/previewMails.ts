import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { locales, type NotificationType } from '@convene/common';
import { createMailLinks } from '../emails/links';
import { emailRegistry } from '../emails/registry';
import { renderEmail } from '../emails/renderEmail';

/*
 * Writes every mail with its sample data, in every language, as HTML and text: `pnpm --filter @convene/worker preview`.
 */

const directory = path.resolve(process.argv[2] ?? 'dist/previews');
const links = createMailLinks({ frontendUrl: 'https://convene.example', backendUrl: 'https://admin.convene.example' });

const preview = async <Type extends NotificationType>(type: Type): Promise<void> => {
  for (const locale of locales) {
    const reader = { displayName: 'Ana Popescu', locale };
    const { subject, html, text } = await renderEmail({ type, payload: emailRegistry[type].sample, reader, links });
    await writeFile(path.join(directory, `${type}.${locale}.html`), html);
    await writeFile(path.join(directory, `${type}.${locale}.txt`), `Subject: ${subject}\n\n${text}\n`);
  }
};

const isType = (name: string): name is NotificationType => Object.hasOwn(emailRegistry, name);

await mkdir(directory, { recursive: true });
const types = Object.keys(emailRegistry).filter(isType);
for (const type of types) await preview(type);
console.log(`${types.length * locales.length} mails are in ${directory}`);
