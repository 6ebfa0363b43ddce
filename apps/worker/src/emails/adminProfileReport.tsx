import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Note } from './components/Message';
import { ReportFacts, reporterOf } from './components/ReportFacts';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import type { MailProps } from './types';

const AdminProfileReport = ({ payload, texts, links }: MailProps<'admin.profile.report'>) => {
  const { displayName, reportId, userId } = payload;
  return (
    <>
      <Title>{texts.adminReport.heading('profile')}</Title>
      <ReportFacts
        report={payload}
        subject={{ name: texts.adminReport.profile, value: safeTitle(displayName) }}
        texts={texts}
      />
      <Action href={links.adminRow('reports', reportId)} label={texts.openAdmin} fallback={texts.linkFallback} />
      <Note link={{ href: links.adminRow('users', userId), label: safeTitle(displayName) }}>
        {texts.adminReport.seeProfile}
      </Note>
    </>
  );
};

export const adminProfileReport = defineMail('admin.profile.report', {
  recipients: staff,
  subject: ({ texts, payload }) => texts.adminReport.subjectOfProfile(shortTitle(payload.displayName), payload.reason),
  preheader: ({ texts, payload }) => texts.adminReport.preheader(reporterOf(payload, texts)),
  template: AdminProfileReport,
  why: 'staff',
  sample: {
    reportId: 16,
    userId: 8,
    displayName: 'Best Prices',
    reason: 'fraud',
    details: 'Asked me for a deposit by a money transfer, and has not answered since.',
    reporterName: 'Mihai Ionescu',
  },
});
