import { RoleWelcome } from './components/RoleWelcome';
import type { MailProps } from './types';

export const UserWelcomeHost = ({ reader, texts, links }: MailProps<'user.welcome.host'>) => (
  <RoleWelcome reader={reader} texts={texts} role={texts.welcomeHost} href={links.accountListings()} />
);
