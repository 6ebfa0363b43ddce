import {
  isNotificationType,
  isOptionalCategory,
  type Locale,
  locales,
  type NotificationType,
  notificationTypes,
} from '@convene/common';
import { createMailLinks } from '../emails/links';
import { emailRegistry } from '../emails/registry';
import { type RenderedEmail, renderEmail } from '../emails/renderEmail';
import type { MailReader } from '../emails/types';
import { type PreviewEntry, previewPage } from './page';

export type PreviewAnswer = { status: number; type: string; body: string };

export const previewTypes: NotificationType[] = Object.keys(notificationTypes).filter(isNotificationType);

/** Leads nowhere: a link in a preview must not end at somebody's account. */
const links = createMailLinks({ frontendUrl: 'https://convene.example', backendUrl: 'https://admin.convene.example' });

/** Who reads the sample: somebody with an account, or whoever the payload names. */
const readerOf = <Type extends NotificationType>(type: Type, locale: Locale): MailReader => {
  const { recipients, sample } = emailRegistry[type];
  const audience = recipients(sample);
  const named = audience.audience === 'addresses' && 'displayName' in audience.reader ? audience.reader : null;
  return { displayName: named?.displayName ?? 'Ana Popescu', locale };
};

/** A type's mail, made of its sample. */
export const renderPreview = <Type extends NotificationType>(type: Type, locale: Locale): Promise<RenderedEmail> =>
  renderEmail({
    type,
    payload: emailRegistry[type].sample,
    reader: readerOf(type, locale),
    links,
    ...(isOptionalCategory(notificationTypes[type])
      ? { unsubscribeUrl: 'https://convene.example/unsubscribe?token=sample' }
      : {}),
  });

const entriesIn = (locale: Locale): Promise<PreviewEntry[]> =>
  Promise.all(
    previewTypes.map(async (type) => {
      const { subject } = await renderPreview(type, locale);
      return { type, category: notificationTypes[type], locale, subject };
    }),
  );

const darkQuery = '(prefers-color-scheme: dark)';

const page = (body: string): PreviewAnswer => ({ status: 200, type: 'text/html; charset=utf-8', body });

const notFound: PreviewAnswer = { status: 404, type: 'text/plain; charset=utf-8', body: 'There is no such mail.\n' };

/**
 * What a request for a preview gets; whoever serves it decides who may ask. The page's own links are relative, so that
 * it can stand below any path that ends in a slash.
 *
 * @param path below that path: empty for the page with every mail; for one `{type}/{locale}/` and then `html`, `light`
 *   or `dark` (in these colours, whatever the device prefers) or `text`
 */
export const answerPreview = async (path: string): Promise<PreviewAnswer> => {
  if (path === '') {
    const entries = (await Promise.all(locales.map(entriesIn))).flat();
    return page(previewPage(entries));
  }
  const [type = '', localeName, format, ...rest] = path.split('/');
  const locale = locales.find((known) => known === localeName);
  if (!isNotificationType(type) || !locale || rest.length > 0) return notFound;
  const { html, text, subject } = await renderPreview(type, locale);
  switch (format) {
    case 'html':
      return page(html);
    case 'light':
      return page(html.replaceAll(darkQuery, '(width < 0)'));
    case 'dark':
      return page(html.replaceAll(darkQuery, '(width >= 0)'));
    case 'text':
      return { status: 200, type: 'text/plain; charset=utf-8', body: `Subject: ${subject}\n\n${text}\n` };
    default:
      return notFound;
  }
};
