import { theUser } from './audiences';
import { RoleWelcome } from './components/RoleWelcome';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const UserWelcomeProvider = ({ reader, texts, links }: MailProps<'user.welcome.provider'>) => (
  <RoleWelcome reader={reader} texts={texts} role={texts.welcomeProvider} href={links.accountListings()} />
);

export const userWelcomeProvider = defineMail('user.welcome.provider', {
  recipients: theUser,
  subject: ({ texts }) => texts.welcomeProvider.subject,
  preheader: ({ texts }) => texts.welcomeProvider.preheader,
  template: UserWelcomeProvider,
  why: 'account',
  sample: { userId: 1 },
});
