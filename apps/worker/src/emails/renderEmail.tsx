import type { NotificationPayload, NotificationType } from '@convene/common';
import { render, toPlainText } from 'react-email';
import { Layout } from './components/Layout';
import type { MailLinks } from './links';
import { emailRegistry } from './registry';
import { safeSubject } from './safeText';
import { mailTexts } from './texts/index';
import type { EmailDefinition, MailProps, MailReader } from './types';

export type RenderedEmail = { subject: string; html: string; text: string };

/** The same input always gives the same mail, byte by byte: Resend refuses a key that comes with another content. */
export const renderEmail = async <Type extends NotificationType>({
  type,
  payload,
  reader,
  links,
}: {
  type: Type;
  payload: NotificationPayload<Type>;
  reader: MailReader;
  links: MailLinks;
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
    >
      {definition.template(props)}
    </Layout>,
  );
  const text = toPlainText(html, {
    selectors: [
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'a.button', format: 'anchor', options: { linkBrackets: ['→ ', ''] } },
    ],
  });
  return { subject, html, text };
};
