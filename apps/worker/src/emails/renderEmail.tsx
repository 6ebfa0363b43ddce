import {
  isOptionalCategory,
  type NotificationPayload,
  type NotificationType,
  notificationTypes,
} from '@convene/common';
import { render, toPlainText } from 'react-email';
import { type FooterLink, Layout } from './components/Layout';
import type { MailLinks } from './links';
import { emailRegistry } from './registry';
import { safeSubject } from './safeText';
import { mailTexts } from './texts/index';
import type { EmailDefinition, MailProps, MailReader } from './types';

export type RenderedEmail = {
  subject: string;
  html: string;
  text: string;
  /** Where an answer goes; null where nobody reads one. */
  replyTo: string | null;
};

/** What can be switched off says where; who is reached by an address alone has no preferences to go to. */
const footerLinksOf = <Type extends NotificationType>(
  { type, recipients }: EmailDefinition<Type>,
  { payload, texts, links }: MailProps<Type>,
  unsubscribeUrl: string | undefined,
): FooterLink[] => {
  const isOptional = isOptionalCategory(notificationTypes[type]) && recipients(payload).audience !== 'addresses';
  return [
    ...(isOptional ? [{ href: links.preferences(), label: texts.footer.preferences }] : []),
    ...(unsubscribeUrl === undefined ? [] : [{ href: unsubscribeUrl, label: texts.footer.unsubscribe }]),
  ];
};

/**
 * One notification as the mail that one reader gets. The same input always gives the same mail, byte by byte: Resend
 * refuses a key that comes with another content.
 *
 * @param options.unsubscribeUrl where the reader ends mails of this category without signing in, if they can
 */
export const renderEmail = async <Type extends NotificationType>({
  type,
  payload,
  reader,
  links,
  unsubscribeUrl,
}: {
  type: Type;
  payload: NotificationPayload<Type>;
  reader: MailReader;
  links: MailLinks;
  unsubscribeUrl?: string;
}): Promise<RenderedEmail> => {
  const definition: EmailDefinition<Type> = emailRegistry[type];
  const texts = mailTexts[reader.locale];
  const props: MailProps<Type> = { payload, reader, texts, links };
  const subject = safeSubject(definition.subject(props));
  const html = await render(
    <Layout
      locale={reader.locale}
      subject={subject}
      preheader={safeSubject(definition.preheader(props))}
      why={texts.why[definition.why]}
      tagline={texts.tagline}
      footerLinks={footerLinksOf(definition, props, unsubscribeUrl)}
    >
      {definition.template(props)}
    </Layout>,
  );
  const text = toPlainText(html, {
    selectors: [
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'h2', options: { uppercase: false } },
      { selector: 'p.fact', format: 'paragraph', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'a.button', format: 'anchor', options: { linkBrackets: ['→ ', ''] } },
    ],
  });
  return { subject, html, text, replyTo: definition.replyTo?.(payload) ?? null };
};
