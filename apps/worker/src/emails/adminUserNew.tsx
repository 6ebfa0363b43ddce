import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Facts } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import type { MailProps } from './types';

const AdminUserNew = ({ payload: { userId, displayName, roles }, texts, links }: MailProps<'admin.user.new'>) => (
  <>
    <Title>{texts.adminUserNew.heading}</Title>
    <Facts
      facts={[
        { name: texts.facts.name, value: safeTitle(displayName) },
        { name: texts.adminUserNew.roles, value: roles.map((role) => texts.role[role]).join(', ') },
      ]}
    />
    <Action href={links.adminRow('users', userId)} label={texts.openAdmin} fallback={texts.linkFallback} />
  </>
);

export const adminUserNew = defineMail('admin.user.new', {
  recipients: staff,
  subject: ({ texts, payload }) => texts.adminUserNew.subject(shortTitle(payload.displayName)),
  preheader: ({ texts }) => texts.adminUserNew.preheader,
  template: AdminUserNew,
  why: 'staff',
  sample: { userId: 1, displayName: 'Ana Popescu', roles: ['client', 'host'] },
});
