/** What a form shows after it was sent. `attempt` grows with each answer, so that the fields start anew with it. */
export type FormState = {
  attempt: number;
  status: 'idle' | 'failed' | 'done';
  /** What was typed, to be shown again; never a password. */
  values: Record<string, string | string[]>;
  /** By field, in the visitor's language. */
  fieldErrors: Record<string, string>;
  message: string | null;
  /** Was it the link that did not work, so that only a new one helps? */
  isLinkSpent: boolean;
};

export const initialFormState: FormState = {
  attempt: 0,
  status: 'idle',
  values: {},
  fieldErrors: {},
  message: null,
  isLinkSpent: false,
};
