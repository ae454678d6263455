import type { ProblemCode } from '../model/index.js';
import { pluralsOf } from './plurals.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const plural = pluralsOf('nl');

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'Je lijkt offline te zijn.',
  timeout: 'De service deed er te lang over om te antwoorden.',
  unauthorized: 'Meld je opnieuw aan.',
  forbidden: 'Je mag deze prestaties niet bekijken.',
  'not-found': 'Op dit adres is niets te vinden.',
  'rate-limited': 'Te veel verzoeken. Wacht even.',
  server: 'De service heeft zelf een probleem.',
  'bad-shape': 'Het antwoord was niet te begrijpen.',
  'too-large': 'Het antwoord was te groot om helemaal te lezen.',
  storage: 'De prestaties konden niet op dit apparaat worden bewaard.',
  unknown: 'Er is iets onverwachts misgegaan.',
};

/** Dutch, informal. */
export const nl: Terms = {
  achievements: 'Prestaties',
  loading: 'Prestaties laden…',
  empty: 'Nog geen prestaties.',
  noMatch: 'Niets gevonden.',
  otherGroup: 'Overige',

  stateLocked: 'Vergrendeld',
  stateInProgress: 'Bezig',
  stateUnlocked: 'Ontgrendeld',
  stateExpired: 'Verlopen',
  stateScheduled: 'Nog niet begonnen',
  stateUnknown: 'Status onbekend',
  revoked: 'Ingetrokken',
  revokedDescription: 'Deze prestatie telt niet meer mee.',

  secretName: 'Geheime prestatie',
  secretDescription: 'Speel verder om te ontdekken wat dit is.',
  reveal: 'Onthullen',
  revealLabel: 'Deze geheime prestatie onthullen',
  mask: 'Verbergen',
  maskLabel: (name) => `Geheime prestatie ${name} verbergen`,

  progress: 'Voortgang',
  progressOf: (current, target) => `${current} van ${target}`,
  partsOf: (met, total) => `${met} van ${total} onderdelen`,
  part: (number) => `Onderdeel ${number}`,
  left: (remaining) => `Nog ${remaining}`,

  unlockedOn: (date) => `Ontgrendeld op ${date}`,
  completedOn: (date) => `Voltooid op ${date}`,
  startsOn: (date) => `Begint op ${date}`,
  ends: (relative) => `Eindigt ${relative}`,
  ended: (date) => `Geëindigd op ${date}`,
  resets: (relative) => `Wordt ${relative} gereset`,
  repeats: 'Herhaalbaar',
  timesEarned: (times, count) => plural(count, { one: 'Eén keer voltooid', other: `${times} keer voltooid` }),
  challenge: 'Uitdaging',
  group: 'Groep',
  about: (duration) => `Ongeveer ${duration}`,

  points: (value, count) => plural(count, { one: `${value} punt`, other: `${value} punten` }),
  reward: 'Beloning',
  rarityLabel: (percent) => `Behaald door ${percent} van de spelers`,

  openInGame: 'Openen in game',
  openLabel: (name) => `Openen in game: ${name}`,
  details: 'Details',
  detailsLabel: (name) => `Details van ${name}`,

  detailDescription: 'Beschrijving',
  detailHowTo: 'Zo krijg je deze',
  detailUnlocked: 'Ontgrendeld',
  detailStarted: 'Begonnen',
  detailStarts: 'Begin',
  detailEnds: 'Einde',
  detailResets: 'Reset',
  detailRepeats: 'Herhaling',
  detailTimesEarned: 'Aantal keer voltooid',
  detailStart: 'Activering',
  detailRarity: 'Zeldzaamheid',
  detailRewards: 'Beloningen',
  detailTime: 'Geschatte tijd',
  detailKind: 'Soort',
  detailParticipation: 'Voor',
  detailTitles: 'Game',
  detailPlatforms: 'Platforms',
  detailCategory: 'Categorie',
  detailCampaigns: 'Campagnes',
  detailId: 'Prestatie-ID',
  detailApiName: 'API-naam',
  detailServiceConfiguration: 'Serviceconfiguratie',
  detailProduct: 'Product',

  recurrenceOnExpiration: 'Na afloop van de periode',
  recurrenceOnCompletion: 'Na elke voltooiing',
  activationUserAction: 'Bij je eerste stap',
  activationFixedSchedule: 'Voor iedereen tegelijk',
  typePersistent: 'Permanent',
  participationIndividual: 'Eén speler',

  unlockedOf: (unlocked, total) => `${unlocked} van ${total} ontgrendeld`,
  pointsOf: (earned, total, count) =>
    plural(count, { one: `${earned} van ${total} punt`, other: `${earned} van ${total} punten` }),

  upToDate: (time) => `Bijgewerkt · ${time}`,
  justNow: 'zojuist',
  asOf: (time) => `Laatst gecontroleerd: ${time}`,
  checking: 'Controleren…',
  offline: 'Offline',
  couldNotCheck: (problem) => `Controleren is niet gelukt: ${problem}`,
  tryAgain: 'Opnieuw proberen',
  skipped: (skipped, count) =>
    plural(count, {
      one: '1 prestatie kon niet worden gelezen',
      other: `${skipped} prestaties konden niet worden gelezen`,
    }),
  problem: (code) => PROBLEMS[code],
};

registerLocale('nl', nl);
