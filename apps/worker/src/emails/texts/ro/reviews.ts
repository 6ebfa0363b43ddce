import { strong } from '../../emphasis';
import type { reviews as english } from '../en/reviews';

export const reviews: typeof english = {
  reviewNew: {
    subject: (title, rating) => `O recenzie nouă pentru „${title}”: ${rating} din 5`,
    heading: 'O recenzie nouă',
    intro: (author, title) => `${strong(author)} a scris o recenzie despre ${strong(title)}.`,
    button: 'Citește pe Convene',
  },
  reviewApproved: {
    subject: (title) => `Recenzia ta despre „${title}” este online`,
    preheader: 'Îți mulțumim: îi ajută pe alții să se hotărască.',
    heading: 'Recenzia ta este online',
    intro: (title) =>
      `Recenzia ta despre ${strong(title)} poate fi citită acum de oricine. Îți mulțumim că ți-ai făcut timp.`,
    next: 'De acum, stelele ei contează în nota anunțului.',
    button: 'Vezi pe Convene',
  },
  reviewRejected: {
    subject: (title) => `Recenzia ta despre „${title}” nu a fost publicată`,
    preheader: 'De ce și ce poți face mai departe.',
    heading: 'Nepublicată',
    intro: (title) => `Am citit recenzia ta despre ${strong(title)} și nu am putut-o publica în forma actuală.`,
    reason: 'Motivul:',
    next: 'O poți modifica pe pagina anunțului; o vom citi din nou.',
    button: 'Mergi la anunț',
  },
};
