import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Note } from './components/Message';
import { ReportFacts, reporterOf } from './components/ReportFacts';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const AdminListingReport = ({ payload, texts, links }: MailProps<'admin.listing.report'>) => {
  const { listing, reportId } = payload;
  return (
    <>
      <Title>{texts.adminReport.heading('listing')}</Title>
      <ReportFacts
        report={payload}
        subject={{ name: texts.facts.listing[listing.kind], value: safeTitle(listing.title) }}
        texts={texts}
      />
      <Action href={links.adminRow('reports', reportId)} label={texts.openAdmin} fallback={texts.linkFallback} />
      <Note link={{ href: links.adminListing(listing), label: safeTitle(listing.title) }}>
        {texts.adminReport.seeListing}
      </Note>
    </>
  );
};

export const adminListingReport = defineMail('admin.listing.report', {
  recipients: staff,
  subject: ({ texts, payload }) =>
    texts.adminReport.subjectOfListing(shortTitle(payload.listing.title), payload.reason),
  preheader: ({ texts, payload }) => texts.adminReport.preheader(reporterOf(payload, texts)),
  template: AdminListingReport,
  why: 'staff',
  sample: {
    reportId: 15,
    listing: sampleListing,
    reason: 'misleading',
    details: 'The lake is a kilometre away.',
    reporterName: null,
  },
});
