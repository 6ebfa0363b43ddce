import { theUser } from './audiences';
import { RoleWelcome } from './components/RoleWelcome';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const UserWelcomeHost = ({ reader, texts, links }: MailProps<'user.welcome.host'>) => (
  <RoleWelcome reader={reader} texts={texts} role={texts.welcomeHost} href={links.accountListings()} />
);

export const userWelcomeHost = defineMail('user.welcome.host', {
  recipients: theUser,
  subject: ({ texts }) => texts.welcomeHost.subject,
  preheader: ({ texts }) => texts.welcomeHost.preheader,
  template: UserWelcomeHost,
  why: 'account',
  sample: { userId: 1 },
});
