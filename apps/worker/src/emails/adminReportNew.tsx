import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action } from './components/Message';
import { ReportFacts, reporterOf } from './components/ReportFacts';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const AdminReportNew = ({ payload, texts, links }: MailProps<'admin.report.new'>) => (
  <>
    <Title>{texts.adminReport.heading(payload.subject)}</Title>
    <ReportFacts report={payload} texts={texts} />
    <Action href={links.adminRow('reports', payload.reportId)} label={texts.openAdmin} fallback={texts.linkFallback} />
  </>
);

export const adminReportNew = defineMail('admin.report.new', {
  recipients: staff,
  subject: ({ texts, payload }) => texts.adminReport.subject(payload.subject, payload.reason),
  preheader: ({ texts, payload }) => texts.adminReport.preheader(reporterOf(payload, texts)),
  template: AdminReportNew,
  why: 'staff',
  sample: {
    reportId: 14,
    subject: 'review',
    reason: 'spam',
    details: 'The same text stands under twelve other places.',
    reporterName: 'Mihai Ionescu',
  },
});
