import { createServer, type Server, type ServerResponse } from 'node:http';
import { CHANGED_EVENT, CHANGES_CONTENT_TYPE, HEARTBEAT, LONGEST_SILENCE_MS } from '@convene/common/changes';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ChangeFollower } from '@/lib/backend/changeFollower';

const SERVICE_TOKEN = 'service-token-for-the-tests-0123456789';

let server: Server;
let origin: string;
let streams: ServerResponse[];
let refuse: boolean;
let follower: ChangeFollower | undefined;
let nowMs: number;
const lost = vi.fn();

beforeEach(async () => {
  streams = [];
  refuse = false;
  nowMs = 1_000_000;
  lost.mockReset();
  server = createServer((request, response) => {
    const isKnown = request.headers['x-convene-service-token'] === SERVICE_TOKEN && request.url === '/api/changes';
    if (refuse || !isKnown) return void response.writeHead(503).end();
    response.writeHead(200, { 'content-type': CHANGES_CONTENT_TYPE });
    response.write(HEARTBEAT);
    streams.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
});
afterEach(async () => {
  follower?.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const start = () => {
  follower = new ChangeFollower({
    origin,
    serviceToken: SERVICE_TOKEN,
    onLost: lost,
    firstPauseMs: 5,
    now: () => nowMs,
  });
  return { follower, ended: follower.run() };
};

it('hears of each change, also of one whose event comes in pieces', async () => {
  const { follower } = start();
  expect(follower.isFollowed()).toBe(false);
  await vi.waitFor(() => expect(follower.isFollowed()).toBe(true));
  expect(follower.changedAt()).toBe(1_000_000);
  nowMs += 10_000;
  streams[0]?.write(CHANGED_EVENT.slice(0, 3));
  streams[0]?.write(CHANGED_EVENT.slice(3));
  await vi.waitFor(() => expect(follower.changedAt()).toBe(1_010_000));
});

it('is kept alive by what is no change', async () => {
  const { follower } = start();
  await vi.waitFor(() => expect(follower.isFollowed()).toBe(true));
  nowMs += LONGEST_SILENCE_MS - 1;
  streams[0]?.write(HEARTBEAT);
  await vi.waitFor(() => {
    nowMs += 2;
    expect(follower.isFollowed()).toBe(true);
  });
  expect(follower.changedAt()).toBe(1_000_000);
});

it('takes a silent stream for lost, also where its own timers were held', async () => {
  const { follower } = start();
  await vi.waitFor(() => expect(follower.isFollowed()).toBe(true));
  nowMs += LONGEST_SILENCE_MS;
  expect(follower.isFollowed()).toBe(false);
});

it('comes back when the backend does, and takes what it has missed for a change', async () => {
  const { follower } = start();
  await vi.waitFor(() => expect(follower.isFollowed()).toBe(true));
  refuse = true;
  streams[0]?.destroy();
  await vi.waitFor(() => expect(follower.isFollowed()).toBe(false));
  await vi.waitFor(() => expect(lost).toHaveBeenCalled());
  refuse = false;
  nowMs += 30_000;
  await vi.waitFor(() => expect(follower.isFollowed()).toBe(true));
  expect(follower.changedAt()).toBe(1_030_000);
});

it('ends when it is told to', async () => {
  const { follower, ended } = start();
  await vi.waitFor(() => expect(follower.isFollowed()).toBe(true));
  follower.stop();
  await ended;
  expect(follower.isFollowed()).toBe(false);
  expect(lost).not.toHaveBeenCalled();
});
