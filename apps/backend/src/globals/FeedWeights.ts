import { type Field, type GlobalConfig, ValidationError } from 'payload';
import { adminOnly } from '../access/adminOnly';
import { isStaff } from '../access/isStaff';
import { staffOnly } from '../access/staffOnly';
import { defaultWeights, type ScorePart, scoreParts } from '../collections/Feed/scoring';

const HEAVIEST = 100;

const meanings: Record<ScorePart, string> = {
  rating: 'The average of its reviews, drawn towards the mean of all while there are few',
  reviews: 'How many reviews it has',
  views: 'Visits of the last 30 days, those of the last 7 more',
  favorites: 'How many people keep it',
  bookings: 'Bookings of the last 30 days, those of the last 7 more',
  clickThrough: 'How many of those who saw its card opened it',
};

const weightField = (name: ScorePart): Field => ({
  name,
  type: 'number',
  required: true,
  min: 0,
  max: HEAVIEST,
  defaultValue: defaultWeights[name],
  admin: { description: meanings[name], step: 0.05 },
});

/** What counts how much in the ranking. Read at the begin of each; only the proportions matter. */
export const FeedWeights: GlobalConfig = {
  slug: 'feed-weights',
  label: 'Ranking weights',
  admin: {
    group: 'Feed',
    description: 'What counts how much in the ranking. Only the proportions matter; the next ranking goes by them.',
    hideAPIURL: true,
    hidden: ({ user }) => !isStaff(user),
  },
  access: { read: staffOnly, update: adminOnly },
  lockDocuments: false,
  fields: scoreParts.map(weightField),
  hooks: {
    beforeChange: [
      ({ data, req }) => {
        if (scoreParts.every((part) => !data[part])) {
          throw new ValidationError(
            {
              global: 'feed-weights',
              errors: scoreParts.map((path) => ({ path, message: 'Give at least one of the weights more than 0.' })),
              req,
            },
            req.t,
          );
        }
        return data;
      },
    ],
  },
};
