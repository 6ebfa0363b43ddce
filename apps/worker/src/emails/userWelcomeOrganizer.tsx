import { theUser } from './audiences';
import { RoleWelcome } from './components/RoleWelcome';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const UserWelcomeOrganizer = ({ reader, texts, links }: MailProps<'user.welcome.organizer'>) => (
  <RoleWelcome reader={reader} texts={texts} role={texts.welcomeOrganizer} href={links.accountListings()} />
);

export const userWelcomeOrganizer = defineMail('user.welcome.organizer', {
  recipients: theUser,
  subject: ({ texts }) => texts.welcomeOrganizer.subject,
  preheader: ({ texts }) => texts.welcomeOrganizer.preheader,
  template: UserWelcomeOrganizer,
  why: 'account',
  sample: { userId: 1 },
});
