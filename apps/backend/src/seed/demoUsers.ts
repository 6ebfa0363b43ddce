import type { Role } from '@convene/common/listings';
import { slugify } from '../fields/slugify';
import { demoClients } from './demoVoices';

export type DemoUser = { displayName: string; email: string; roles: Role[] };

/** Everybody's password in the demo: for a developer's own machine, printed at every start. */
export const DEMO_PASSWORD = 'convene-demo-1';

/** The first of each role is the one whose login is printed. */
export const demoUsers: DemoUser[] = [
  { displayName: 'Ada Admin', email: 'admin@convene.example', roles: ['client', 'admin'] },
  { displayName: 'Mo Moderator', email: 'moderator@convene.example', roles: ['client', 'moderator'] },
  { displayName: 'Hana Host', email: 'host@convene.example', roles: ['client', 'host'] },
  { displayName: 'Oren Organizer', email: 'organizer@convene.example', roles: ['client', 'organizer'] },
  { displayName: 'Paula Provider', email: 'provider@convene.example', roles: ['client', 'provider'] },
  { displayName: 'Cleo Client', email: 'client@convene.example', roles: ['client'] },
  { displayName: 'Radu Marinescu', email: 'radu@convene.example', roles: ['client', 'host', 'organizer'] },
  { displayName: 'Ines Carvalho', email: 'ines@convene.example', roles: ['client', 'host', 'provider'] },
  { displayName: 'Studio Zwölf', email: 'studio@convene.example', roles: ['client', 'organizer', 'provider'] },
  { displayName: 'Elif Aydın', email: 'elif@convene.example', roles: ['client', 'host', 'organizer', 'provider'] },
  ...demoClients.map(
    (displayName): DemoUser => ({ displayName, email: `${slugify(displayName)}@convene.example`, roles: ['client'] }),
  ),
];
