import config from '@payload-config';
import { MinimalTemplate } from '@payloadcms/next/templates';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getPayload } from 'payload';
import { canUseAdmin } from '../../../../access/canUseAdmin';
import {
  type AdminSignInFailure,
  adminSignInFailureSchema,
  safeAdminPath,
} from '../../../../endpoints/auth/adminPaths';
import { env } from '../../../../env';
import type { User } from '../../../../payload-types';
import styles from './login.module.css';

export const metadata: Metadata = { title: 'Sign in · Convene', robots: { index: false } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const TWO_FACTOR_PAGE = `${env.FRONTEND_URL}/account/security/two-factor`;

const messages = {
  credentials: 'The address or the password is wrong. After several wrong tries, wait ten minutes.',
  'code-needed': 'Your account has two-factor sign-in: type the code of your app too.',
  'code-wrong': 'That code is not valid, or it was used already. Wait for the next one.',
  'too-many': 'Too many tries. Please wait some minutes.',
  suspended: 'This account is suspended. Write to us by the contact form of the site.',
  enrol: 'Staff need two-factor sign-in here. Set it up in your account first:',
  'no-business': 'This account has nothing to do in the admin.',
} as const satisfies Record<AdminSignInFailure, string>;

/**
 * In the place of Payload's own page, whose form has no room for a code; fields and button are named as they are there. A
 * plain form: what it is sent to sets the cookie and leads on.
 */
const LoginPage = async ({ searchParams }: Props) => {
  const query = await searchParams;
  const next = safeAdminPath(query['redirect']);
  const payload = await getPayload({ config });
  const { user } = await payload.auth({ headers: await headers() });
  if (user && canUseAdmin({ req: { user: user as User } })) redirect(next);
  const { totalDocs } = await payload.count({ collection: 'users' });
  if (totalDocs === 0) redirect('/admin/create-first-user');
  const failure = adminSignInFailureSchema.safeParse(query['failed']).data;
  return (
    <MinimalTemplate>
      <main>
        <form method="post" action="/api/auth/admin-sign-in" className={styles.form}>
          <h1>Convene</h1>
          {failure ? (
            <p role="alert" className={styles.failure}>
              {messages[failure]} {failure === 'enrol' ? <a href={TWO_FACTOR_PAGE}>Two-factor sign-in</a> : null}
            </p>
          ) : null}
          <input type="hidden" name="redirect" value={next} />
          <label>
            Email
            <input id="field-email" type="email" name="email" autoComplete="username" required maxLength={254} />
          </label>
          <label>
            Password
            <input
              id="field-password"
              type="password"
              name="password"
              autoComplete="current-password"
              required
              maxLength={128}
            />
          </label>
          <label>
            Code
            <input
              type="text"
              name="code"
              autoComplete="one-time-code"
              maxLength={32}
              aria-describedby="code-hint"
              spellCheck={false}
            />
          </label>
          <p id="code-hint" className={styles.hint}>
            Only where two-factor sign-in is on: the six digits of your app, or a recovery code.
          </p>
          <button type="submit">Login</button>
          <a href={`${env.FRONTEND_URL}/forgot`}>Forgot your password?</a>
        </form>
      </main>
    </MinimalTemplate>
  );
};

export default LoginPage;
