import { strong } from '../../emphasis';
import type { listings as english } from '../en/listings';
import { capitalized, definite, ending, plural, thisOne, yours } from './words';

export const listings: typeof english = {
  listingApproved: {
    subject: (title) => `„${title}” este online`,
    preheader: (of) => `${capitalized(yours[of])} poate fi ${of === 'locations' ? 'găsită' : 'găsit'} pe Convene.`,
    heading: 'Aprobat și publicat',
    intro: (of, title) =>
      `Vești bune: ${yours[of]} ${strong(title)} a trecut de verificare. De acum oricine poate vedea anunțul.`,
    button: () => 'Vezi anunțul',
    next: 'Vizualizările, favoritele și rezervările sunt afișate lângă anunțurile tale:',
    nextLink: 'anunțurile mele',
  },
  listingRejected: {
    subject: (title) => `„${title}” are nevoie de o modificare`,
    preheader: (of) => `${capitalized(yours[of])} nu a putut fi aprobat${ending(of)} încă.`,
    heading: 'Încă neaprobat',
    intro: (of, title) => `Am verificat ${yours[of]} ${strong(title)} și nu am putut aproba anunțul în forma actuală.`,
    reason: 'Motivul:',
    next: 'Modifică ce este menționat mai sus și trimite din nou anunțul; îl vom verifica încă o dată.',
    button: 'Mergi la anunțurile mele',
  },
  listingFinished: {
    subject: (title) => `„${title}” s-a încheiat`,
    preheader: 'Cei care au venit pot scrie acum o recenzie.',
    heading: 'Evenimentul tău s-a încheiat',
    intro: (title, participants) =>
      participants === 0
        ? `${strong(title)} s-a încheiat.`
        : `${strong(title)} s-a încheiat, cu ${plural(participants, 'un participant', 'participanți')}.`,
    next: 'Cei care au venit pot scrie acum o recenzie. Urmează o nouă ediție? Anunț-o cât timp oamenii își amintesc de aceasta.',
    button: 'Mergi la anunțurile mele',
  },
  listingRecommended: {
    subject: (title) => `„${title}” este acum printre recomandări`,
    preheader: 'De acum apare mai sus în liste și căutări.',
    heading: 'Recomandat de Convene',
    intro: (of, title) =>
      `Ne place ${yours[of]} ${strong(title)}, așa că de acum îi facem loc printre recomandări: anunțul are un marcaj și apare mai sus în liste și căutări.`,
    next: 'Nu costă nimic și nu trebuie să faci nimic.',
    button: () => 'Vezi anunțul',
  },
  claimInvitation: {
    subject: (title) => `„${title}” îți aparține?`,
    preheader: 'Apare pe Convene. Preia anunțul, este gratuit.',
    heading: (of) => `Îți aparține ${thisOne[of]}?`,
    intro: (title) => `${strong(title)} apare pe Convene cu ceea ce se știe public și cu această adresă drept contact.`,
    next: 'Dacă îți aparține, preia anunțul: corectează ce este greșit, adaugă fotografii și răspunde celor care întreabă. Este gratuit.',
    button: 'Preiau anunțul',
    lookBefore: 'Vrei să te uiți mai întâi la el?',
    lookLink: 'Vezi anunțul',
    notYoursBefore: 'Nu îți aparține sau nu ar trebui să apară?',
    notYoursLink: 'Scrie-ne',
  },
  claimApproved: {
    subject: (title) => `„${title}” îți aparține acum`,
    preheader: 'Poți modifica anunțul și poți răspunde celor care întreabă.',
    heading: 'Anunțul îți aparține acum',
    intro: (of, title) => `Am verificat cererea ta: ${definite[of]} ${strong(title)} ține de acum de contul tău.`,
    next: 'Verifică ce scrie în anunț, adaugă fotografii și răspunde celor care întreabă.',
    button: 'Mergi la anunțurile mele',
  },
  claimRejected: {
    subject: (title) => `Cererea ta pentru „${title}”`,
    preheader: 'Nu am putut confirma că anunțul îți aparține.',
    heading: 'Cerere neconfirmată',
    intro: (of, title) =>
      `Am verificat cererea ta pentru ${definite[of]} ${strong(title)} și nu am putut confirma că îți aparține.`,
    reason: 'Motivul:',
    next: 'Ai altceva care arată acest lucru? Atunci trimite o nouă cerere.',
    button: 'Vezi anunțul',
  },
};
