import type { MailTexts } from '../texts/index';
import type { MailReader } from '../types';
import { Greeting } from './Greeting';
import { Title } from './Layout';
import { Action, Paragraph } from './Message';

/** The first steps in one role. */
export const RoleWelcome = ({
  reader,
  texts,
  role,
  href,
}: {
  reader: MailReader;
  texts: MailTexts;
  role: MailTexts['welcomeHost'];
  href: string;
}) => (
  <>
    <Title>{role.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{role.intro}</Paragraph>
    <Paragraph>{role.next}</Paragraph>
    <Action href={href} label={role.button} fallback={texts.linkFallback} />
  </>
);
