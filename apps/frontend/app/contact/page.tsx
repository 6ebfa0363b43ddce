import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { contactAction } from '@/app/actions/market';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { DoneMessage } from '@/components/DoneMessage';
import { getAccount } from '@/lib/backend/account';
import { isConveneError } from '@/lib/backend/errors';
import { formStamp, TRAP_FIELD } from '@/lib/forms/formProof';
import { getSession } from '@/lib/session/cookie';

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations('contact');
  return { title: t('title'), description: t('lead'), alternates: { canonical: '/contact' } };
};

/** Who is signed in need not type their name and address. */
const senderOf = async (): Promise<{ name: string; email: string }> => {
  const session = await getSession();
  if (!session) return { name: '', email: '' };
  try {
    const { displayName, email } = await getAccount(session.token);
    return { name: displayName, email };
  } catch (error) {
    if (isConveneError(error)) return { name: session.displayName, email: '' };
    throw error;
  }
};

const ContactPage = async () => {
  const t = await getTranslations();
  const { name, email } = await senderOf();
  return (
    <AuthPanel title={t('contact.title')} lead={t('contact.lead')}>
      <ActionForm
        action={contactAction}
        hidden={formStamp()}
        honeypot={{ name: TRAP_FIELD, label: t('forms.doNotFill') }}
        fields={[
          {
            type: 'text',
            name: 'name',
            label: t('contact.name'),
            autoComplete: 'name',
            minLength: 2,
            maxLength: 80,
            value: name,
          },
          { type: 'email', name: 'email', label: t('auth.email'), autoComplete: 'email', maxLength: 254, value: email },
          {
            type: 'text',
            name: 'subject',
            label: t('contact.subject'),
            autoComplete: 'off',
            minLength: 3,
            maxLength: 150,
          },
          {
            type: 'textarea',
            name: 'message',
            label: t('contact.message'),
            rows: 6,
            minLength: 10,
            maxLength: 5_000,
          },
        ]}
        submit={t('contact.submit')}
        done={
          <DoneMessage
            title={t('contact.doneTitle')}
            text={t('contact.doneText')}
            action={{ href: '/', label: t('contact.doneAction') }}
          />
        }
      />
    </AuthPanel>
  );
};

export default ContactPage;
