import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { watchActivity } from './missedJobs';

test('workers are idle since the last job of any of them ended, and not while one is in hand', () => {
  let nowMs = 1_000;
  const [first, second] = [new EventEmitter(), new EventEmitter()];
  const { idleMs } = watchActivity([first, second], () => nowMs);
  nowMs = 5_000;
  expect(idleMs()).toBe(4_000);
  first.emit('active');
  second.emit('active');
  nowMs = 60_000;
  expect(idleMs()).toBe(0);
  first.emit('completed');
  expect(idleMs()).toBe(0);
  second.emit('failed');
  nowMs = 61_500;
  expect(idleMs()).toBe(1_500);
});

test('a job that fails without having been in hand takes no other one out of it', () => {
  let nowMs = 0;
  const worker = new EventEmitter();
  const { idleMs } = watchActivity([worker], () => nowMs);
  worker.emit('failed');
  worker.emit('active');
  nowMs = 9_000;
  expect(idleMs()).toBe(0);
});

test('a job whose end is never told is not waited for', () => {
  let nowMs = 0;
  const worker = new EventEmitter();
  const { idleMs } = watchActivity([worker], () => nowMs);
  worker.emit('active');
  nowMs = 119_000;
  expect(idleMs()).toBe(0);
  nowMs = 121_000;
  expect(idleMs()).toBe(121_000);
});
