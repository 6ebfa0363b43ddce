import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { acceptInvitationAction } from '@/app/actions/account';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { DoneMessage } from '@/components/DoneMessage';
import { SiteLink } from '@/components/SiteLink';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { signInUrl } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('claim'))('inviteTitle'),
  robots: { index: false },
});

/** Takes over the listing of an invitation, with the account that is signed in; leads to sign-in and back first. */
const ClaimPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const token = await searchParam(searchParams, 'token');
  const t = await getTranslations('claim');
  if (!token) {
    return (
      <AuthPanel title={t('inviteTitle')}>
        <p className="notice noticeBad">{t('inviteMissing')}</p>
        <SiteLink href="/contact" className="button">
          {t('contact')}
        </SiteLink>
      </AuthPanel>
    );
  }
  const session = await getSession();
  if (!session) {
    return (
      <AuthPanel title={t('inviteTitle')} lead={t('inviteLead')}>
        <SiteLink href={signInUrl(`/claim?${new URLSearchParams({ token })}`)} className="button">
          {t('inviteSignIn')}
        </SiteLink>
        <SiteLink href="/sign-up" className="button buttonQuiet">
          {t('inviteSignUp')}
        </SiteLink>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title={t('inviteTitle')} lead={t('inviteLead')}>
      <ActionForm
        action={acceptInvitationAction}
        hidden={{ token }}
        fields={[]}
        submit={t('inviteSubmit')}
        linkSpent={
          <>
            {t('inviteSpent')} <SiteLink href="/contact">{t('contact')}</SiteLink>
          </>
        }
        done={
          <DoneMessage
            title={t('inviteDoneTitle')}
            text={t('inviteDoneText')}
            action={{ href: '/account/listings', label: t('inviteDoneAction') }}
          />
        }
      >
        <p className="hint">{t('inviteAs', { name: session.displayName })}</p>
      </ActionForm>
    </AuthPanel>
  );
};

export default ClaimPage;
