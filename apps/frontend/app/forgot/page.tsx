import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { forgotAction } from '@/app/actions/auth';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { SiteLink } from '@/components/SiteLink';
import { env } from '@/env';
import { HONEYPOT_FIELD, issueTicket, TICKET_FIELD } from '@/lib/forms/humanCheck';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.forgot'))('title'),
  robots: { index: false },
});

const ForgotPage = async () => {
  const t = await getTranslations('auth');
  return (
    <AuthPanel title={t('forgot.title')} lead={t('forgot.lead')}>
      <ActionForm
        action={forgotAction}
        hidden={{ [TICKET_FIELD]: issueTicket(Date.now(), env.SESSION_SECRET) }}
        honeypot={{ name: HONEYPOT_FIELD, label: t('doNotFill') }}
        fields={[{ type: 'email', name: 'email', label: t('email'), autoComplete: 'username', maxLength: 254 }]}
        submit={t('forgot.submit')}
      />
      <p>
        <SiteLink href="/sign-in">{t('forgot.back')}</SiteLink>
      </p>
    </AuthPanel>
  );
};

export default ForgotPage;
