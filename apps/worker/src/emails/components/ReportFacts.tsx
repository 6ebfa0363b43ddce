import type { ReportReason } from '@convene/common';
import { safeTitle } from '../safeText';
import type { MailTexts } from '../texts/index';
import { type Fact, Facts, Reason } from './Message';

export type ReportInMail = { reason: ReportReason; details: string; reporterName: string | null };

/** By whom something was reported, as a mail says it. */
export const reporterOf = ({ reporterName }: Pick<ReportInMail, 'reporterName'>, texts: MailTexts): string =>
  reporterName === null ? texts.noAccount : safeTitle(reporterName);

/** What was reported, why, by whom, and what they wrote. */
export const ReportFacts = ({ report, subject, texts }: { report: ReportInMail; subject?: Fact; texts: MailTexts }) => (
  <>
    <Facts
      facts={[
        ...(subject ? [subject] : []),
        { name: texts.facts.reason, value: texts.reportReason[report.reason] },
        { name: texts.facts.reporter, value: reporterOf(report, texts) },
      ]}
    />
    <Reason lead={texts.adminReport.details} text={report.details} by="stranger" />
  </>
);
