import { RoleWelcome } from './components/RoleWelcome';
import type { MailProps } from './types';

export const UserWelcomeOrganizer = ({ reader, texts, links }: MailProps<'user.welcome.organizer'>) => (
  <RoleWelcome reader={reader} texts={texts} role={texts.welcomeOrganizer} href={links.accountListings()} />
);
