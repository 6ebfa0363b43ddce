import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { signInCodeAction } from '@/app/actions/auth';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { SiteLink } from '@/components/SiteLink';
import { takeOver } from '@/lib/session/handover';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('signInCode'))('title'),
  robots: { index: false },
});

/** The second step of signing in, where two-factor is on. */
const SignInCodePage = async () => {
  if (!(await takeOver('signIn'))) redirect('/sign-in');
  const t = await getTranslations('signInCode');
  return (
    <AuthPanel title={t('title')} lead={t('lead')}>
      <ActionForm
        action={signInCodeAction}
        fields={[
          {
            type: 'text',
            name: 'code',
            label: t('code'),
            hint: t('codeHint'),
            autoComplete: 'one-time-code',
            minLength: 6,
            maxLength: 32,
          },
        ]}
        submit={t('submit')}
      />
      <p>
        <SiteLink href="/sign-in">{t('back')}</SiteLink>
      </p>
    </AuthPanel>
  );
};

export default SignInCodePage;
