import { listingKindSchema } from '@convene/common/listings';
import { reportReasons } from '@convene/common/reports';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { reportAction } from '@/app/actions/market';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { DoneMessage } from '@/components/DoneMessage';
import { formStamp, TRAP_FIELD } from '@/lib/forms/formProof';
import type { SearchParams } from '@/lib/request/searchParam';
import { safeNextPath } from '@/lib/session/safeNextPath';

const idSchema = z.string().regex(/^\d{1,10}$/);

/** What is reported, as links of this site name it; anything else is a report about something else. */
const aboutSchema = z
  .union([
    z
      .object({ subject: z.literal('listing'), kind: listingKindSchema, id: idSchema })
      .transform(({ id, ...about }) => ({ ...about, listingId: id })),
    z
      .object({ subject: z.literal('review'), id: idSchema })
      .transform(({ subject, id }) => ({ subject, reviewId: id })),
    z.object({ subject: z.literal('profile'), id: idSchema }).transform(({ subject, id }) => ({ subject, userId: id })),
    z
      .object({ subject: z.literal('message'), id: idSchema })
      .transform(({ subject, id }) => ({ subject, messageId: id })),
    z.object({ subject: z.literal('other') }),
  ])
  .catch({ subject: 'other' });

type Props = { searchParams: SearchParams };

export const generateMetadata = async ({ searchParams }: Props): Promise<Metadata> => {
  const { subject } = aboutSchema.parse(await searchParams);
  return {
    title: (await getTranslations('report'))('title', { subject }),
    robots: { index: false },
  };
};

/** Tells staff that something is wrong. Nobody needs an account for it. */
const ReportPage = async ({ searchParams }: Props) => {
  const query = await searchParams;
  const about = aboutSchema.parse(query);
  const back = safeNextPath(query['from'], '/');
  const t = await getTranslations();
  return (
    <AuthPanel title={t('report.title', { subject: about.subject })} lead={t('report.lead')}>
      <ActionForm
        action={reportAction}
        hidden={{ ...about, ...formStamp() }}
        honeypot={{ name: TRAP_FIELD, label: t('forms.doNotFill') }}
        fields={[
          {
            type: 'select',
            name: 'reason',
            label: t('report.reason'),
            options: reportReasons.map((reason) => ({ value: reason, label: t(`report.reasons.${reason}`) })),
          },
          {
            type: 'textarea',
            name: 'details',
            label: t('forms.optional', { label: t('report.details') }),
            rows: 5,
            maxLength: 4_000,
            isOptional: true,
          },
        ]}
        submit={t('report.submit')}
        done={
          <DoneMessage
            title={t('report.doneTitle')}
            text={t('report.doneText')}
            action={{ href: back, label: t('report.back') }}
          />
        }
      />
    </AuthPanel>
  );
};

export default ReportPage;
