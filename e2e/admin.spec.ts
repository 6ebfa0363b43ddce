import { z } from 'zod';
import { admin, enterAdmin } from './admin';
import { backendUrl, database } from './stack';
import { expect, test } from './test';

/* The admin's pages under the policy that their answers carry: nothing that they need may be forbidden by it. */

const violationsSchema = z.array(z.string());

const watchInPage = (): void => {
  const violations: string[] = [];
  Object.assign(window, { violationsSeen: violations });
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile ?? ''}`);
  });
};

const idOf = async (sql: string): Promise<string> => {
  const { rows } = await database.query<{ id: string }>(sql);
  if (!rows[0]) throw new Error(`the demo has none: ${sql}`);
  return String(rows[0].id);
};

test('no page of the admin asks for what its policy forbids', async ({ page }) => {
  test.setTimeout(180_000);
  await page.addInitScript(watchInPage);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await enterAdmin(page, admin);
  const location = await idOf('SELECT id FROM locations ORDER BY id LIMIT 1');
  const batch = await idOf(
    `INSERT INTO flush_batches (id, counters, events, dropped, applied_at)
     VALUES (gen_random_uuid(), 2, 3, '{"locations": 4711}', now()) RETURNING id`,
  );
  const user = await idOf(`SELECT id FROM users WHERE email = 'admin@convene.example'`);
  const paths = [
    '',
    '/redis-budget',
    '/feed',
    '/notifications',
    '/notifications/previews',
    '/moderation',
    '/account',
    '/collections/locations',
    `/collections/locations/${location}`,
    '/collections/locations/create',
    `/collections/users/${user}`,
    '/collections/media',
    '/collections/audit-log',
    `/collections/flush-batches/${batch}`,
  ];
  for (const path of paths) {
    const answer = await page.goto(`${backendUrl}/admin${path}`);
    expect(answer?.status(), path).toBe(200);
    const policy = (await answer?.headerValue('content-security-policy')) ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(nonce, path).toBeTruthy();
    // That scripts run shows in what only they draw.
    await expect(page.getByRole('link', { name: 'Dashboard' }).or(page.locator('.nav-toggler')).first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    const seen = violationsSchema.parse(await page.evaluate(() => Reflect.get(window, 'violationsSeen')));
    expect(seen, path).toEqual([]);
  }
  await expect(page.locator('pre')).toContainText('"locations": 4711');
  expect(complaints).toEqual([]);
});

test('a form that nobody can read is the sender’s mistake', async ({ request }) => {
  for (const path of ['/admin', '/admin/login', '/admin/collections/users']) {
    const answer = await request.post(`${backendUrl}${path}`, {
      headers: { 'content-type': 'multipart/form-data' },
      data: 'no form at all',
    });
    expect(answer.status(), path).toBe(400);
  }
});
