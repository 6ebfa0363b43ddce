import type { ReportReason } from '@convene/common';
import type { staff as english } from '../en/staff';
import { shared } from './shared';
import { capitalized, count, kind, plural, withArticle } from './words';

const reason = (of: ReportReason): string => shared.reportReason[of].toLowerCase();

const subjectOf = { listing: 'unui anunț', profile: 'unui profil', review: 'unei recenzii', message: 'unui mesaj' };

export const staff: typeof english = {
  adminListingPending: {
    subject: (of, title) => `De moderat: ${kind[of]} „${title}”`,
    preheader: (owner) => `Trimis de ${owner}`,
    heading: (of) => `${capitalized(withArticle[of])} așteaptă moderarea`,
  },
  adminReviewPending: {
    subject: (title) => `De moderat: o recenzie pentru „${title}”`,
    preheader: (author, rating) => `${author} a dat ${rating} din 5`,
    heading: 'O recenzie așteaptă moderarea',
  },
  adminClaimPending: {
    subject: (title) => `De decis: cerere de preluare pentru „${title}”`,
    preheader: (claimant) => `${claimant} spune că îi aparține`,
    heading: 'O cerere de preluare așteaptă decizia',
    claimant: 'Cerut de',
    evidence: 'Mesajul trimis:',
  },
  adminUserNew: {
    subject: (name) => `Cont nou: ${name}`,
    preheader: 'Cineva s-a înscris.',
    heading: 'Un cont nou',
    roles: 'Roluri',
  },
  adminReport: {
    subject: (of, why) =>
      of === 'other' ? `Raportare: ${reason(why)}` : `Raportarea ${subjectOf[of]}: ${reason(why)}`,
    subjectOfListing: (title, why) => `Raportarea anunțului „${title}”: ${reason(why)}`,
    subjectOfProfile: (name, why) => `Raportarea profilului ${name}: ${reason(why)}`,
    preheader: (reporter) => `De la ${reporter}`,
    heading: (of) => (of === 'other' ? 'A fost raportat altceva' : `S-a raportat ${shared.reportSubject[of]}`),
    details: 'Mesajul trimis:',
    profile: 'Profil',
    seeListing: 'Anunțul în admin:',
    seeProfile: 'Contul în admin:',
  },
  adminPasswordChanged: {
    subject: (name) => `Parola contului ${name} a fost schimbată`,
    preheader: 'Este un cont al echipei.',
    heading: 'O parolă din echipă a fost schimbată',
    intro:
      'Dacă persoana căreia îi aparține nu știe nimic despre asta, blochează contul și verifică jurnalul de audit.',
  },
  adminVerificationRequest: {
    subject: (name) => `De decis: verificarea contului ${name}`,
    preheader: 'Cineva cere să i se verifice contul.',
    heading: 'Cineva cere verificarea contului',
    note: 'Mesajul trimis:',
  },
  adminContact: {
    subject: (name, subject) => (subject === '' ? `Mesaj de la ${name}` : `Mesaj: ${subject}`),
    heading: 'Un mesaj din formularul de contact',
    note: 'Un răspuns la acest e-mail ajunge la persoana care l-a scris.',
  },
  adminDigest: {
    subject: (day, pending) =>
      pending === 0
        ? `Convene, ${day}: nimic nu te așteaptă`
        : `Convene, ${day}: ${plural(pending, 'o decizie', 'decizii')} de luat`,
    preheader: (accounts, bookings) =>
      `${plural(accounts, 'un cont nou', 'conturi noi')}, ${plural(bookings, 'o rezervare', 'rezervări')}`,
    heading: 'Ziua pe Convene',
    intro: (day) => `Ce s-a întâmplat ${day} (UTC) și ce așteaptă acum.`,
    pendingTitle: 'Așteaptă o decizie',
    pending: {
      listings: 'Anunțuri',
      reviews: 'Recenzii',
      claims: 'Cereri de preluare',
      reports: 'Raportări',
      verifications: 'Verificări',
    },
    oldestTitle: 'Așteaptă de cel mai mult timp',
    oldest: {
      listing: 'Anunț',
      review: 'Recenzie',
      claim: 'Cerere de preluare',
      report: 'Raportare',
      verification: 'Verificare',
    },
    waitsFor: (what, title) => (title === null ? what : `${what}, „${title}”`),
    since: (day) => `din ${day}`,
    happenedTitle: 'S-a întâmplat',
    happened: {
      accounts: 'Conturi noi',
      listings: 'Anunțuri trimise',
      bookings: 'Rezervări',
      reviews: 'Recenzii',
      messages: 'Mesaje',
    },
    mailTitle: 'E-mailuri și sarcini',
    sent: 'Trimise',
    suppressed: 'Nedorite sau nelivrabile',
    dead: 'Eșuate definitiv',
    uncertain: 'Rezultat necunoscut',
    failedJobs: 'Sarcini de întreținere eșuate',
    waiting: 'Așteaptă acum',
    waitingSince: (waiting, duration) => (waiting === 0 ? '0' : `${count(waiting)}, cel mai vechi de ${duration}`),
    redisTitle: 'Redis',
    commands: 'Comenzi în acea zi',
    budget: (commands, limit, percent) => `${count(commands)} din ${count(limit)} (${count(percent)}%)`,
    needsYou: (dead) =>
      `${dead === 1 ? 'Un e-mail a' : `${plural(dead, 'un e-mail', 'e-mailuri')} au`} eșuat definitiv. Adminul arată de ce și permite o nouă încercare.`,
    button: 'Deschide adminul',
  },
};
