import { expect, it } from 'vitest';
import { refusalOfPost } from './index';

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const FORM = `multipart/form-data; boundary=${BOUNDARY}`;
const WHOLE = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="email"\r\n\r\nana@example.com\r\n--${BOUNDARY}--\r\n`;

type Post = { headers?: Record<string, string>; body?: string; method?: string };

const post = ({ headers = {}, body = WHOLE, method = 'POST' }: Post): Request =>
  new Request('http://localhost:3000/sign-in', {
    method,
    headers: { host: 'localhost:3000', ...headers },
    ...(method === 'GET' ? {} : { body }),
  });

const statusOf = async (given: Post): Promise<number | null> => (await refusalOfPost(post(given)))?.status ?? null;

it('lets forms of the site through, and leaves their body to be read', async () => {
  const request = post({ headers: { 'content-type': FORM, origin: 'http://localhost:3000' } });
  expect(await refusalOfPost(request)).toBeNull();
  expect((await request.formData()).get('email')).toBe('ana@example.com');
  expect(await statusOf({ headers: { 'content-type': FORM } })).toBeNull();
  const action = { 'content-type': 'text/plain;charset=UTF-8', 'next-action': '4'.repeat(42) };
  expect(await statusOf({ headers: action, body: '[]' })).toBeNull();
  expect(
    await statusOf({
      headers: { ...action, origin: 'https://convene.example', 'x-forwarded-host': 'convene.example' },
      body: '[]',
    }),
  ).toBeNull();
});

it.each([
  ['no boundary', 'multipart/form-data', WHOLE],
  ['another boundary', `${FORM}x`, WHOLE],
  ['no form', FORM, '{"a":1}'],
  ['nothing', FORM, ''],
  ['half a form', FORM, WHOLE.slice(0, 60)],
])('refuses a form with %s in it', async (_, type, body) => {
  expect(await statusOf({ headers: { 'content-type': type }, body })).toBe(400);
});

it.each(['', '{', 'null', '{"0":1}', 'x=1'])('refuses %j as the arguments of an action', async (body) => {
  expect(await statusOf({ headers: { 'content-type': 'text/plain;charset=UTF-8', 'next-action': 'x' }, body })).toBe(
    400,
  );
});

it.each(['https://evil.example', 'null', 'x'])('refuses what is sent from %s', async (origin) => {
  expect(await statusOf({ headers: { 'content-type': FORM, origin } })).toBe(403);
  expect(await statusOf({ headers: { 'next-action': 'x', origin } })).toBe(403);
});

it('refuses more than an action takes', async () => {
  expect(await statusOf({ headers: { 'content-type': FORM, 'content-length': '1048577' } })).toBe(413);
});

it('leaves everything else alone', async () => {
  const origin = 'https://evil.example';
  expect(await statusOf({ method: 'GET', headers: { origin } })).toBeNull();
  expect(await statusOf({ headers: { origin, 'content-type': 'application/json' }, body: '{' })).toBeNull();
  expect(
    await statusOf({ headers: { origin, 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }),
  ).toBeNull();
});
