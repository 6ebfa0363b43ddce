import { RoleWelcome } from './components/RoleWelcome';
import type { MailProps } from './types';

export const UserWelcomeClient = ({ reader, texts, links }: MailProps<'user.welcome.client'>) => (
  <RoleWelcome reader={reader} texts={texts} role={texts.welcomeClient} href={links.home()} />
);
