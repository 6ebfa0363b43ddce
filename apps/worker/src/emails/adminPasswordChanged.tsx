import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Facts, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import type { MailProps } from './types';

const AdminPasswordChanged = ({
  payload: { userId, displayName },
  texts,
  links,
}: MailProps<'admin.password.changed'>) => (
  <>
    <Title>{texts.adminPasswordChanged.heading}</Title>
    <Facts facts={[{ name: texts.facts.name, value: safeTitle(displayName) }]} />
    <Paragraph>{texts.adminPasswordChanged.intro}</Paragraph>
    <Action href={links.adminRow('users', userId)} label={texts.openAdmin} fallback={texts.linkFallback} />
  </>
);

export const adminPasswordChanged = defineMail('admin.password.changed', {
  recipients: staff,
  subject: ({ texts, payload }) => texts.adminPasswordChanged.subject(shortTitle(payload.displayName)),
  preheader: ({ texts }) => texts.adminPasswordChanged.preheader,
  template: AdminPasswordChanged,
  why: 'staff',
  sample: { userId: 3, displayName: 'Radu Stan' },
});
