/** The pages of the admin that are Convene's own; a new one is a line here and a view in payload.config.ts. */
export const staffViews = [
  {
    path: '/moderation',
    label: 'Moderation',
    description: 'What waits for a decision, the oldest first.',
  },
  {
    path: '/feed',
    label: 'Feed',
    description: 'What visitors see, open, save and book; why a listing ranks where it does.',
  },
  {
    path: '/notifications',
    label: 'Notifications',
    description: 'What was sent, what waits, what failed; and how every mail looks.',
  },
  {
    path: '/redis-budget',
    label: 'Redis budget',
    description: 'Commands of today and of 30 days, against the limit.',
  },
] as const;
