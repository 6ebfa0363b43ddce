import { listingKindSchema, listingKinds, listingRoleByKind, staffRoles } from '@convene/common/listings';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { takeRoleAction } from '@/app/actions/ownListings';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { OwnListingForm } from '@/components/OwnListingForm';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { getListingOptions } from '@/lib/backend/ownListings';
import { emptyContent } from '@/lib/forms/listingForm';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { readAs, requireSession } from '@/lib/session/requireSession';
import styles from '../listings.module.css';

const PATH = '/account/listings/new';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('owner.new'))('title'),
  robots: { index: false },
});

/** First the kind, then its form; who has not its role yet takes it on the way. */
const NewListingPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const kind = listingKindSchema.safeParse(await searchParam(searchParams, 'kind')).data;
  const path = kind ? `${PATH}?kind=${kind}` : PATH;
  const { roles } = await requireSession(path);
  const t = await getTranslations('owner.new');
  if (!kind) {
    return (
      <AccountFrame title={t('title')} lead={t('lead')}>
        <ul className={styles.kinds}>
          {listingKinds.map((each) => (
            <li key={each} data-kind={each}>
              <SiteLink href={`${PATH}?kind=${each}`} className={styles.kind}>
                <strong>{t(`kinds.${each}.name`)}</strong>
                <span>{t(`kinds.${each}.text`)}</span>
              </SiteLink>
            </li>
          ))}
        </ul>
      </AccountFrame>
    );
  }
  const title = t(`kinds.${kind}.title`);
  const mayList = roles.includes(listingRoleByKind[kind]) || staffRoles.some((role) => roles.includes(role));
  if (!mayList) {
    return (
      <AccountFrame title={title}>
        <section className={styles.role} aria-labelledby="role">
          <h2 id="role">{t(`kinds.${kind}.roleTitle`)}</h2>
          <p>{t('roleText')}</p>
          <ActionForm action={takeRoleAction} hidden={{ kind }} fields={[]} submit={t(`kinds.${kind}.roleSubmit`)} />
        </section>
      </AccountFrame>
    );
  }
  const options = await readAs(path, getListingOptions);
  if (!options.isAvailable) return <Unavailable retryHref={path} />;
  return (
    <AccountFrame title={title} lead={t('formLead')}>
      <OwnListingForm content={emptyContent(kind)} options={options.value} saved={null} />
    </AccountFrame>
  );
};

export default NewListingPage;
