import type { ListingKind } from '@convene/common';
import type { MailTexts } from './index';

const kind: Record<ListingKind, string> = { locations: 'locație', events: 'eveniment', services: 'serviciu' };
const yours: Record<ListingKind, string> = {
  locations: 'locația ta',
  events: 'evenimentul tău',
  services: 'serviciul tău',
};
/** Only „locație” is feminine. */
const ending = (of: ListingKind): string => (of === 'locations' ? 'ă' : '');
const capitalized = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

/** Textele în română. */
export const ro: MailTexts = {
  greeting: (name) => (name ? `Bună, ${name},` : 'Bună,'),
  linkFallback: 'Dacă butonul nu funcționează, copiază această adresă în browser:',
  tagline: 'Convene: locuri de întâlnire, evenimente la care să mergi, oameni pe care să te bazezi.',
  kind,
  role: {
    client: 'client',
    host: 'gazdă',
    organizer: 'organizator',
    provider: 'furnizor',
    moderator: 'moderator',
    admin: 'administrator',
  },
  why: {
    account: 'Primești acest mesaj pentru că privește contul tău de pe Convene.',
    address: 'Primești acest mesaj pentru că cineva a introdus această adresă pe Convene.',
    listing: 'Primești acest mesaj pentru că ai un anunț pe Convene.',
    staff: 'Primești acest mesaj pentru că faci parte din echipa Convene.',
  },
  welcome: {
    subject: 'Confirmă-ți adresa',
    preheader: 'Un singur clic și contul tău de pe Convene este gata.',
    heading: 'Bine ai venit pe Convene',
    intro: 'Îți mulțumim că te-ai înscris. Confirmă, te rugăm, că această adresă îți aparține și contul tău este gata.',
    button: 'Confirm adresa',
    notYou: 'Nu te-ai înscris tu? Atunci nu trebuie să faci nimic: fără confirmare, contul rămâne nefolosit.',
  },
  welcomeClient: {
    subject: 'Contul tău este gata',
    preheader: 'Găsește locuri, evenimente și oameni pentru următoarea întâlnire.',
    heading: 'Ești de-al casei',
    intro:
      'Adresa ta este confirmată. Pe Convene găsești unde să vă întâlniți, la ce să mergeți și pe cine să chemați să vă ajute.',
    next: 'Salvează ce îți place, scrie-le celor care oferă și rezervă când ești gata.',
    button: 'Explorează',
  },
  welcomeHost: {
    subject: 'Bine ai venit, gazdă: publică prima ta locație',
    preheader: 'Câteva fotografii și un preț, iar oamenii îți pot găsi locul.',
    heading: 'Deschide-le ușa',
    intro: 'De acum poți publica pe Convene locațiile tale: săli, grădini, orice loc în care oamenii se pot întâlni.',
    next: 'Un anunț are nevoie de titlu, descriere, fotografii și preț. Verificăm fiecare anunț înainte de publicare, de obicei într-o zi.',
    button: 'Adaugă o locație',
  },
  welcomeOrganizer: {
    subject: 'Bine ai venit, organizatorule: anunță primul tău eveniment',
    preheader: 'Data, locul și biletele, iar oamenii pot veni.',
    heading: 'Adună oamenii împreună',
    intro:
      'De acum îți poți anunța evenimentele pe Convene, de la un atelier pentru zece persoane până la un festival.',
    next: 'Un eveniment are nevoie de dată, loc, descriere și fotografii. Verificăm fiecare anunț înainte de publicare, de obicei într-o zi.',
    button: 'Anunță un eveniment',
  },
  welcomeProvider: {
    subject: 'Bine ai venit, furnizorule: oferă primul tău serviciu',
    preheader: 'Spune ce faci și unde, iar oamenii te pot angaja.',
    heading: 'Arată ce știi să faci',
    intro:
      'De acum îți poți oferi serviciile pe Convene: catering, muzică, fotografie, tot ce face o întâlnire reușită.',
    next: 'O ofertă are nevoie de descriere, zona acoperită, fotografii și preț. Verificăm fiecare anunț înainte de publicare, de obicei într-o zi.',
    button: 'Oferă un serviciu',
  },
  signupExisting: {
    subject: 'Ai deja un cont',
    preheader: 'Cineva a încercat să se înscrie cu adresa ta.',
    heading: 'Ai deja un cont',
    intro: 'Cineva, probabil tu, a încercat să se înscrie pe Convene cu această adresă. Ea are deja un cont.',
    button: 'Intră în cont',
    forgotBefore: 'Ți-ai uitat parola?',
    forgotLink: 'Alege una nouă',
    notYou:
      'Nu ai fost tu? Atunci nu trebuie să faci nimic: nimeni nu a intrat în contul tău și nimic nu s-a schimbat în el.',
  },
  resetStart: {
    subject: 'Alege o parolă nouă',
    preheader: 'Linkul din acest mesaj funcționează o singură dată și puțin timp.',
    heading: 'Alege o parolă nouă',
    intro: 'Cineva, sperăm că tu, a cerut o parolă nouă pentru contul tău de pe Convene.',
    button: 'Alege o parolă nouă',
    expiry: 'Linkul funcționează o singură dată și puțin timp.',
    notYou: 'Nu ai fost tu? Atunci nu trebuie să faci nimic: parola ta rămâne aceeași.',
  },
  resetConfirmed: {
    subject: 'Parola ta a fost schimbată',
    preheader: 'Dacă nu ai fost tu, acționează acum.',
    heading: 'Parola ta a fost schimbată',
    intro: 'Parola contului tău de pe Convene tocmai a fost schimbată. De acum funcționează doar cea nouă.',
    button: 'Intră în cont',
    notYouBefore: 'Nu ai fost tu? Atunci',
    notYouLink: 'alege imediat o parolă nouă',
  },
  listingApproved: {
    subject: (title) => `„${title}” este online`,
    preheader: (of) => `${capitalized(yours[of])} poate fi ${of === 'locations' ? 'găsită' : 'găsit'} pe Convene.`,
    heading: 'Aprobat și publicat',
    before: (of) => `Vești bune: ${yours[of]}`,
    after: 'a trecut de verificare. De acum oricine poate vedea anunțul.',
    button: () => 'Vezi anunțul',
    next: 'Vizualizările, favoritele și rezervările sunt afișate lângă anunțurile tale:',
    nextLink: 'anunțurile mele',
  },
  listingRejected: {
    subject: (title) => `„${title}” are nevoie de o modificare`,
    preheader: (of) => `${capitalized(yours[of])} nu a putut fi aprobat${ending(of)} încă.`,
    heading: 'Încă neaprobat',
    before: (of) => `Am verificat ${yours[of]}`,
    after: 'și nu am putut aproba anunțul în forma actuală.',
    reason: 'Motivul:',
    next: 'Modifică ce este menționat mai sus și trimite din nou anunțul; îl vom verifica încă o dată.',
    button: 'Mergi la anunțurile mele',
  },
  adminListingPending: {
    subject: (of, title) => `De moderat: ${kind[of]} „${title}”`,
    preheader: (owner) => `Trimis de ${owner}`,
    heading: (of) => `${of === 'locations' ? 'O locație' : `Un ${kind[of]}`} așteaptă moderarea`,
    title: 'Titlu',
    kindLabel: 'Categorie',
    owner: 'Proprietar',
    button: 'Deschide în admin',
  },
  adminUserNew: {
    subject: (name) => `Cont nou: ${name}`,
    preheader: 'Cineva s-a înscris.',
    heading: 'Un cont nou',
    name: 'Nume',
    roles: 'Roluri',
    button: 'Deschide în admin',
  },
};
