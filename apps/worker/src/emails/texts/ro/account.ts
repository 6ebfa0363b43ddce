import { strong } from '../../emphasis';
import type { account as english } from '../en/account';
import { plural } from './words';

export const account: typeof english = {
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
  twoFactorOn: {
    subject: 'Autentificarea în doi pași este activată',
    preheader: 'Dacă nu ai fost tu, acționează acum.',
    heading: 'Autentificarea în doi pași este activată',
    intro:
      'De acum, pentru a intra în contul tău de pe Convene ai nevoie, pe lângă parolă, de un cod din aplicația de autentificare. Toate celelalte sesiuni au fost închise.',
    next: 'Păstrează codurile de recuperare undeva unde le găsești și fără telefon: fiecare te lasă să intri o singură dată.',
    button: 'Mergi la contul meu',
    notYouBefore: 'Nu ai fost tu? Atunci cineva îți știe parola și te poate lăsa pe dinafară:',
    notYouLink: 'scrie-ne imediat',
  },
  twoFactorOff: {
    subject: 'Autentificarea în doi pași este dezactivată',
    preheader: 'Dacă nu ai fost tu, acționează acum.',
    heading: 'Autentificarea în doi pași este dezactivată',
    intro:
      'Pentru a intra în contul tău de pe Convene este din nou de ajuns parola. Codurile de recuperare nu mai sunt valabile.',
    button: 'Mergi la contul meu',
    notYouBefore: 'Nu ai fost tu? Atunci',
    notYouLink: 'alege imediat o parolă nouă',
  },
  emailConfirm: {
    subject: 'Confirmă noua ta adresă de e-mail',
    preheader: 'Un singur clic și devine adresa contului tău.',
    heading: 'Confirmă noua adresă',
    intro:
      'Cineva, sperăm că tu, vrea să folosească această adresă pentru un cont de pe Convene. Devine adresa contului după ce o confirmi; linkul funcționează o singură dată și timp de o zi.',
    button: 'Confirmă noua adresă',
    notYou: 'Nu ai fost tu? Atunci nu trebuie să faci nimic: fără confirmare nu se schimbă nimic.',
  },
  emailChanged: {
    subject: 'Adresa ta de e-mail a fost schimbată',
    preheader: 'Dacă nu ai fost tu, acționează acum.',
    heading: 'Adresa ta de e-mail a fost schimbată',
    intro: (address) =>
      `Adresa contului tău de pe Convene este acum ${strong(address)}. Cu ea intri în cont și acolo ajung mesajele noastre.`,
    both: 'Acest mesaj ajunge atât la adresa veche, cât și la cea nouă.',
    button: 'Intră în cont',
    notYouBefore: 'Nu ai fost tu? Atunci',
    notYouLink: 'scrie-ne imediat',
  },
  accountVerified: {
    subject: 'Contul tău este verificat',
    preheader: 'Profilul și anunțurile tale arată acum acest lucru.',
    heading: 'Cont verificat',
    intro:
      'Am verificat ce ne-ai trimis: contul tău este verificat. Profilul și anunțurile tale arată de acum acest lucru.',
    next: 'Oamenilor le place să știe cu cine vorbesc. Nu mai trebuie să faci nimic.',
    button: 'Deschide contul meu',
  },
  verificationRejected: {
    subject: 'Contul tău nu a putut fi verificat încă',
    preheader: 'Ce a lipsit și ce poți face mai departe.',
    heading: 'Încă neverificat',
    intro: 'Ne-am uitat la ce ne-ai trimis și nu am putut verifica, pe această bază, contul tău.',
    reason: 'Motivul:',
    next: 'Restul contului tău funcționează ca până acum. Poți cere verificarea din nou oricând.',
    button: 'Deschide contul meu',
  },
  accountDeleted: {
    subject: 'Contul tău a fost șters',
    preheader: 'Datele tale nu mai sunt pe Convene. Acesta este ultimul nostru mesaj despre el.',
    heading: 'Contul tău a fost șters',
    intro: 'Contul tău de pe Convene a fost șters, iar odată cu el și ce știam despre tine.',
    next: 'Ce le mai trebuie altora, de exemplu o rezervare trecută a lor, nu îți mai poartă numele.',
    notYou: 'Nu ai fost tu sau a fost o greșeală? Scrie-ne curând și vedem ce se poate face.',
    button: 'Scrie-ne',
  },
  messageNew: {
    subject: (sender, title, messages) =>
      messages === 1
        ? `${sender} ți-a scris despre „${title}”`
        : `${plural(messages, 'un mesaj nou', 'mesaje noi')} despre „${title}”`,
    heading: (messages) => plural(messages, 'Un mesaj nou', 'mesaje noi'),
    intro: (sender, title, messages) =>
      messages === 1
        ? `${strong(sender)} ți-a scris despre ${strong(title)}:`
        : `${strong(sender)} ți-a scris despre ${strong(title)}. Ultimul mesaj:`,
    button: 'Citește și răspunde',
    note: 'Te rugăm să răspunzi pe Convene: un răspuns la acest e-mail nu ajunge la nimeni.',
  },
};
