import { expect, it } from 'vitest';
import { safeAdminPath } from './adminPaths';

it('keeps the admin’s own paths', () => {
  for (const path of ['/admin', '/admin/collections/users?page=2#top']) expect(safeAdminPath(path)).toBe(path);
});

it('leads nobody elsewhere', () => {
  for (const path of [
    undefined,
    '',
    '/administrator',
    '/api/users',
    '//evil.example/admin',
    'https://evil.example/admin',
    '/admin/../api/users/logout',
    '/admin\\evil',
    ['/admin/x'],
  ]) {
    expect(safeAdminPath(path)).toBe('/admin');
  }
});
