import type { PayloadRequest } from 'payload';
import type { BookingActor } from './stateMachine';

const KEY = 'bookingActor';
const actors: readonly BookingActor[] = ['client', 'owner', 'staff', 'system'];

/** Moves bookings in the name of one of their parties, whoever made the request. */
export const actFor = async <T>(req: PayloadRequest, actor: BookingActor, work: () => Promise<T>): Promise<T> => {
  req.context[KEY] = actor;
  try {
    return await work();
  } finally {
    delete req.context[KEY];
  }
};

export const actorOfContext = (req: PayloadRequest): BookingActor | undefined =>
  actors.find((actor) => actor === req.context[KEY]);
