/** The pages of the admin that are Convene's own; a new one is a line here and a view in payload.config.ts. */
export const staffViews = [
  {
    path: '/moderation',
    label: 'Moderation',
    description: 'What waits for a decision, the oldest first.',
  },
] as const;
