import { moderationStatuses } from '@convene/common/listings';
import { describe, expect, it } from 'vitest';
import { movedTo } from '../../utils/movedTo';
import { decideModeration } from './moderation';

const byOwner = { byStaff: false, publishes: false };
const byStaff = { byStaff: true, publishes: false };

describe('decideModeration', () => {
  it('takes an owner who publishes to ask for approval, and publishes nothing', () => {
    expect(decideModeration({ ...byOwner, asked: undefined, publishes: true })).toEqual({
      status: 'pending',
      versionStatus: 'draft',
    });
    expect(decideModeration({ ...byOwner, asked: 'pending' })?.status).toBe('pending');
  });

  it('never lets an owner approve, reject or publish', () => {
    for (const asked of [...moderationStatuses, undefined]) {
      for (const publishes of [true, false]) {
        const decision = decideModeration({ byStaff: false, asked, publishes });
        expect(['draft', 'pending']).toContain(decision?.status);
        expect(decision?.versionStatus).toBe('draft');
      }
    }
  });

  it("takes an owner's edit of an approved listing back to draft", () => {
    expect(decideModeration({ ...byOwner, asked: 'approved' })?.status).toBe('draft');
  });

  it('publishes what staff approve, and approves what they publish', () => {
    const live = { status: 'approved', versionStatus: 'published' };
    expect(decideModeration({ ...byStaff, asked: 'approved' })).toEqual(live);
    expect(decideModeration({ ...byStaff, asked: 'pending', publishes: true })).toEqual(live);
    expect(decideModeration({ ...byStaff, asked: undefined, publishes: true })).toEqual(live);
  });

  it('publishes nothing that staff reject', () => {
    expect(decideModeration({ ...byStaff, asked: 'rejected', publishes: true })).toEqual({
      status: 'rejected',
      versionStatus: 'draft',
    });
  });

  it("leaves the state alone where staff don't speak of it", () => {
    expect(decideModeration({ ...byStaff, asked: undefined })).toBeNull();
  });
});

describe('movedTo', () => {
  it('is true for the transition alone', () => {
    expect(movedTo('approved', 'pending', 'approved')).toBe(true);
    expect(movedTo('approved', 'approved', 'approved')).toBe(false);
    expect(movedTo('pending', undefined, 'pending')).toBe(true);
  });
});
