import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { signInAction } from '@/app/actions/auth';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { SiteLink } from '@/components/SiteLink';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { getSession } from '@/lib/session/cookie';
import { safeNextPath } from '@/lib/session/safeNextPath';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.signIn'))('title'),
  robots: { index: false },
});

const SignInPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const next = safeNextPath(await searchParam(searchParams, 'next'), '/account');
  const isExpired = (await searchParam(searchParams, 'expired')) === '1';
  const isSignedOut = (await searchParam(searchParams, 'signed-out')) === '1';
  // A cookie whose session the backend has ended leads here too: only signing in anew helps then.
  if (!isExpired && (await getSession())) redirect(next);
  const isLate = (await searchParam(searchParams, 'late')) === '1';
  const isDeleted = (await searchParam(searchParams, 'deleted')) === '1';
  const t = await getTranslations('auth');
  const nav = await getTranslations('nav');
  return (
    <AuthPanel title={t('signIn.title')} lead={t('signIn.lead')}>
      {isExpired ? <p className="notice">{t('signIn.expired')}</p> : null}
      {isLate ? <p className="notice">{(await getTranslations('signInCode'))('late')}</p> : null}
      {isSignedOut ? <p className="notice noticeGood">{t('signIn.signedOut')}</p> : null}
      {isDeleted ? <p className="notice noticeGood">{(await getTranslations('security'))('deleted')}</p> : null}
      <ActionForm
        action={signInAction}
        hidden={{ next }}
        fields={[
          { type: 'email', name: 'email', label: t('email'), autoComplete: 'username', maxLength: 254 },
          {
            type: 'password',
            name: 'password',
            label: t('password'),
            autoComplete: 'current-password',
            maxLength: 128,
          },
        ]}
        submit={t('signIn.submit')}
      />
      <p>
        <SiteLink href="/forgot">{t('signIn.forgot')}</SiteLink>
      </p>
      <p>
        {t('signIn.no')} <SiteLink href="/sign-up">{nav('signUp')}</SiteLink>
      </p>
    </AuthPanel>
  );
};

export default SignInPage;
