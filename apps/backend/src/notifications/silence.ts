import type { PayloadRequest, RequestContext } from 'payload';

/** Put this into the context of a seed or an import: its changes are nobody's news. */
export const silentContext: RequestContext = { silenceNotifications: true };

/** What this request changes from here on is nobody's news: a version that is restored, for example. */
export const silenceNotifications = (req: PayloadRequest): void => {
  req.context['silenceNotifications'] = true;
};

export const isSilenced = (req: PayloadRequest): boolean => req.context['silenceNotifications'] === true;
