import { Title } from './components/Layout';
import { Action, Facts } from './components/Message';
import { safeTitle } from './safeText';
import type { MailProps } from './types';

export const AdminUserNew = ({
  payload: { userId, displayName, roles },
  texts,
  links,
}: MailProps<'admin.user.new'>) => (
  <>
    <Title>{texts.adminUserNew.heading}</Title>
    <Facts
      facts={[
        { name: texts.adminUserNew.name, value: safeTitle(displayName) },
        { name: texts.adminUserNew.roles, value: roles.map((role) => texts.role[role]).join(', ') },
      ]}
    />
    <Action href={links.adminUser(userId)} label={texts.adminUserNew.button} fallback={texts.linkFallback} />
  </>
);
