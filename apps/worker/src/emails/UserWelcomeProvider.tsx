import { RoleWelcome } from './components/RoleWelcome';
import type { MailProps } from './types';

export const UserWelcomeProvider = ({ reader, texts, links }: MailProps<'user.welcome.provider'>) => (
  <RoleWelcome reader={reader} texts={texts} role={texts.welcomeProvider} href={links.accountListings()} />
);
