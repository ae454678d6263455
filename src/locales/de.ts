import type { ProblemCode } from '../model/index.js';
import { pluralsOf } from './plurals.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const plural = pluralsOf('de');

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'Du bist anscheinend offline.',
  timeout: 'Der Dienst hat zu lange nicht geantwortet.',
  unauthorized: 'Bitte melde dich erneut an.',
  forbidden: 'Du darfst diese Erfolge nicht sehen.',
  'not-found': 'Unter dieser Adresse ist nichts zu finden.',
  'rate-limited': 'Zu viele Anfragen. Bitte warte einen Moment.',
  server: 'Der Dienst hat selbst ein Problem.',
  'bad-shape': 'Die Antwort war nicht zu verstehen.',
  'too-large': 'Die Antwort war zu groß, um sie ganz zu lesen.',
  storage: 'Die Erfolge konnten auf diesem Gerät nicht gespeichert werden.',
  unknown: 'Etwas Unerwartetes ist schiefgegangen.',
};

/** German, informal. */
export const de: Terms = {
  achievements: 'Erfolge',
  loading: 'Erfolge werden geladen…',
  empty: 'Noch keine Erfolge.',
  noMatch: 'Nichts gefunden.',
  otherGroup: 'Andere',

  stateLocked: 'Gesperrt',
  stateInProgress: 'In Arbeit',
  stateUnlocked: 'Freigeschaltet',
  stateExpired: 'Abgelaufen',
  stateScheduled: 'Noch nicht gestartet',
  stateUnknown: 'Status unbekannt',
  revoked: 'Aberkannt',
  revokedDescription: 'Dieser Erfolg zählt nicht mehr.',

  secretName: 'Geheimer Erfolg',
  secretDescription: 'Spiel weiter, um herauszufinden, was das ist.',
  reveal: 'Aufdecken',
  revealLabel: 'Diesen geheimen Erfolg aufdecken',
  mask: 'Verbergen',
  maskLabel: (name) => `Geheimen Erfolg ${name} verbergen`,

  progress: 'Fortschritt',
  progressOf: (current, target) => `${current} von ${target}`,
  partsOf: (met, total) => `${met} von ${total} Teilen`,
  part: (number) => `Teil ${number}`,
  left: (remaining) => `Noch ${remaining}`,

  unlockedOn: (date) => `Freigeschaltet am ${date}`,
  completedOn: (date) => `Abgeschlossen am ${date}`,
  startsOn: (date) => `Startet am ${date}`,
  ends: (relative) => `Endet ${relative}`,
  ended: (date) => `Beendet am ${date}`,
  resets: (relative) => `Wird ${relative} zurückgesetzt`,
  repeats: 'Wiederholbar',
  timesEarned: (times, count) => plural(count, { one: 'Einmal abgeschlossen', other: `${times}-mal abgeschlossen` }),
  challenge: 'Herausforderung',
  group: 'Gruppe',
  about: (duration) => `Etwa ${duration}`,

  points: (value, count) => plural(count, { one: `${value} Punkt`, other: `${value} Punkte` }),
  reward: 'Belohnung',
  rarityLabel: (percent) => `${percent} der Spieler haben ihn`,

  openInGame: 'Im Spiel öffnen',
  openLabel: (name) => `Im Spiel öffnen: ${name}`,
  details: 'Details',
  detailsLabel: (name) => `Details zu ${name}`,

  detailDescription: 'Beschreibung',
  detailHowTo: 'So bekommst du ihn',
  detailUnlocked: 'Freigeschaltet',
  detailStarted: 'Begonnen',
  detailStarts: 'Start',
  detailEnds: 'Ende',
  detailResets: 'Zurücksetzung',
  detailRepeats: 'Wiederholung',
  detailTimesEarned: 'Abschlüsse',
  detailStart: 'Aktivierung',
  detailRarity: 'Seltenheit',
  detailRewards: 'Belohnungen',
  detailTime: 'Geschätzte Zeit',
  detailKind: 'Art',
  detailParticipation: 'Für',
  detailTitles: 'Spiel',
  detailPlatforms: 'Plattformen',
  detailCategory: 'Kategorie',
  detailCampaigns: 'Kampagnen',
  detailId: 'Erfolgs-ID',
  detailApiName: 'API-Name',
  detailServiceConfiguration: 'Dienstkonfiguration',
  detailProduct: 'Produkt',

  recurrenceOnExpiration: 'Nach Ende des Zeitraums',
  recurrenceOnCompletion: 'Nach jedem Abschluss',
  activationUserAction: 'Mit deinem ersten Schritt',
  activationFixedSchedule: 'Für alle zur gleichen Zeit',
  typePersistent: 'Dauerhaft',
  participationIndividual: 'Eine Person',

  unlockedOf: (unlocked, total) => `${unlocked} von ${total} freigeschaltet`,
  pointsOf: (earned, total, count) =>
    plural(count, { one: `${earned} von ${total} Punkt`, other: `${earned} von ${total} Punkten` }),

  upToDate: (time) => `Aktuell · ${time}`,
  justNow: 'gerade eben',
  asOf: (time) => `Stand: ${time}`,
  checking: 'Wird geprüft…',
  offline: 'Offline',
  couldNotCheck: (problem) => `Prüfen nicht möglich: ${problem}`,
  tryAgain: 'Erneut versuchen',
  skipped: (skipped, count) =>
    plural(count, {
      one: '1 Erfolg konnte nicht gelesen werden',
      other: `${skipped} Erfolge konnten nicht gelesen werden`,
    }),
  problem: (code) => PROBLEMS[code],
};

registerLocale('de', de);
