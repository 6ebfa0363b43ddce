import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { signUpAction } from '@/app/actions/auth';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { SiteLink } from '@/components/SiteLink';
import { env } from '@/env';
import { HONEYPOT_FIELD, issueTicket, TICKET_FIELD } from '@/lib/forms/humanCheck';
import { getSession } from '@/lib/session/cookie';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.signUp'))('title'),
});

const SignUpPage = async () => {
  if (await getSession()) redirect('/account');
  const t = await getTranslations('auth');
  const footer = await getTranslations('footer');
  const nav = await getTranslations('nav');
  return (
    <AuthPanel title={t('signUp.title')} lead={t('signUp.lead')}>
      <ActionForm
        action={signUpAction}
        hidden={{ [TICKET_FIELD]: issueTicket(Date.now(), env.SESSION_SECRET) }}
        honeypot={{ name: HONEYPOT_FIELD, label: t('doNotFill') }}
        fields={[
          {
            type: 'text',
            name: 'displayName',
            label: t('displayName'),
            hint: t('displayNameHint'),
            autoComplete: 'name',
            minLength: 2,
            maxLength: 80,
          },
          { type: 'email', name: 'email', label: t('email'), autoComplete: 'email', maxLength: 254 },
          {
            type: 'password',
            name: 'password',
            label: t('password'),
            hint: t('passwordHint'),
            autoComplete: 'new-password',
            minLength: 10,
            maxLength: 128,
          },
          {
            type: 'checkboxes',
            name: 'roles',
            legend: t('rolesLegend'),
            hint: t('rolesHint'),
            options: (['host', 'organizer', 'provider'] as const).map((value) => ({
              value,
              label: t(`roles.${value}`),
            })),
          },
        ]}
        submit={t('signUp.submit')}
      >
        <p className="hint">
          {t('signUp.privacy')} <SiteLink href="/privacy">{footer('privacy')}</SiteLink>.
        </p>
      </ActionForm>
      <p>
        {t('signUp.have')} <SiteLink href="/sign-in">{nav('signIn')}</SiteLink>
      </p>
    </AuthPanel>
  );
};

export default SignUpPage;
