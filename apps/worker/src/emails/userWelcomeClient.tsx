import { theUser } from './audiences';
import { RoleWelcome } from './components/RoleWelcome';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const UserWelcomeClient = ({ reader, texts, links }: MailProps<'user.welcome.client'>) => (
  <RoleWelcome reader={reader} texts={texts} role={texts.welcomeClient} href={links.home()} />
);

export const userWelcomeClient = defineMail('user.welcome.client', {
  recipients: theUser,
  subject: ({ texts }) => texts.welcomeClient.subject,
  preheader: ({ texts }) => texts.welcomeClient.preheader,
  template: UserWelcomeClient,
  why: 'account',
  sample: { userId: 1 },
});
