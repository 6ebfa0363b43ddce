import { isListingKind } from '@convene/common/listings';
import type { UIFieldServerComponent } from 'payload';
import { isStaff } from '../../access/isStaff';
import { RankTable } from './RankTable';
import { ranksOf } from './ranksOf';

/** Why a listing ranks where it does, below its fields. Staff alone see it. */
export const RankPanel: UIFieldServerComponent = async ({ id, req, collectionSlug }) => {
  if (!isStaff(req.user) || typeof id !== 'number' || !isListingKind(collectionSlug)) return null;
  return <RankTable ranks={await ranksOf({ kind: collectionSlug, id })} />;
};
