import { DefaultTemplate } from '@payloadcms/next/templates';
import { Gutter, SetStepNav } from '@payloadcms/ui';
import { redirect } from 'next/navigation';
import type { AdminViewServerProps } from 'payload';
import type { ReactNode } from 'react';
import { isStaff } from '../../access/isStaff';
import styles from './DashboardPage.module.css';

/**
 * The frame of every page of ours in the admin: its navigation, a heading, and the check that staff alone come in.
 * Payload asks nobody for access to views of one's own.
 *
 * @param view what Payload hands to the view, as it is
 * @param children called for staff alone: what it reads is read for nobody else
 */
export const DashboardPage = async ({
  view,
  title,
  lead,
  children,
}: {
  view: AdminViewServerProps;
  title: string;
  lead?: string;
  children: () => Promise<ReactNode> | ReactNode;
}) => {
  const { initPageResult, params, searchParams } = view;
  const { req, permissions, visibleEntities, locale } = initPageResult;
  if (!req.user) redirect(`/admin/login?redirect=${encodeURIComponent(`/admin${pathOf(params)}`)}`);
  const isAllowed = isStaff(req.user);
  return (
    <DefaultTemplate
      i18n={req.i18n}
      locale={locale}
      params={params}
      payload={req.payload}
      permissions={permissions}
      req={req}
      searchParams={searchParams}
      user={req.user}
      visibleEntities={{ collections: visibleEntities.collections, globals: visibleEntities.globals }}
    >
      <SetStepNav nav={[{ label: title }]} />
      <Gutter className={styles['page']}>
        <header className={styles['header']}>
          <h1>{isAllowed ? title : 'For staff alone'}</h1>
          {isAllowed && lead ? <p>{lead}</p> : null}
        </header>
        {isAllowed ? await children() : <p>Your account is not allowed to see this page.</p>}
      </Gutter>
    </DefaultTemplate>
  );
};

const pathOf = (params: AdminViewServerProps['params']): string => {
  const segments = params?.['segments'];
  return Array.isArray(segments) ? `/${segments.join('/')}` : '';
};
