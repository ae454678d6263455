import type { ProblemCode } from '../model/index.js';
import { pluralsOf } from './plurals.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const plural = pluralsOf('fr');

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'Vous semblez être hors ligne.',
  timeout: 'Le service a mis trop de temps à répondre.',
  unauthorized: 'Veuillez vous reconnecter.',
  forbidden: 'Vous n’êtes pas autorisé à voir ces succès.',
  'not-found': 'Il n’y a rien à cette adresse.',
  'rate-limited': 'Trop de requêtes. Veuillez patienter un instant.',
  server: 'Le service rencontre un problème.',
  'bad-shape': 'La réponse n’a pas pu être comprise.',
  'too-large': 'La réponse était trop volumineuse pour être lue en entier.',
  storage: 'Les succès n’ont pas pu être enregistrés sur cet appareil.',
  unknown: 'Un problème inattendu est survenu.',
};

/** French, formal. No-break spaces stand before colons. */
export const fr: Terms = {
  achievements: 'Succès',
  loading: 'Chargement des succès…',
  empty: 'Aucun succès pour le moment.',
  noMatch: 'Aucun résultat.',
  otherGroup: 'Autres',

  stateLocked: 'Verrouillé',
  stateInProgress: 'En cours',
  stateUnlocked: 'Déverrouillé',
  stateExpired: 'Expiré',
  stateScheduled: 'Pas encore commencé',
  stateUnknown: 'État inconnu',
  revoked: 'Révoqué',
  revokedDescription: 'Ce succès ne compte plus.',

  secretName: 'Succès secret',
  secretDescription: 'Continuez à jouer pour découvrir de quoi il s’agit.',
  reveal: 'Révéler',
  revealLabel: 'Révéler ce succès secret',
  mask: 'Masquer',
  maskLabel: (name) => `Masquer le succès secret ${name}`,

  progress: 'Progression',
  progressOf: (current, target) => `${current} sur ${target}`,
  partsOf: (met, total) => `Parties\u00a0: ${met} sur ${total}`,
  part: (number) => `Partie ${number}`,
  left: (remaining) => `Plus que ${remaining}`,

  unlockedOn: (date) => `Déverrouillé le ${date}`,
  completedOn: (date) => `Terminé le ${date}`,
  startsOn: (date) => `Commence le ${date}`,
  ends: (relative) => `Se termine ${relative}`,
  ended: (date) => `A pris fin le ${date}`,
  resets: (relative) => `Se réinitialise ${relative}`,
  repeats: 'Répétable',
  timesEarned: (times, count) => (count === 1 ? 'Terminé une fois' : `Terminé ${times} fois`),
  challenge: 'Défi',
  group: 'Groupe',
  about: (duration) => `Environ ${duration}`,

  points: (value, count) => plural(count, { one: `${value} point`, other: `${value} points` }),
  reward: 'Récompense',
  rarityLabel: (percent) => `Obtenu par ${percent} des joueurs`,

  openInGame: 'Ouvrir dans le jeu',
  openLabel: (name) => `Ouvrir dans le jeu\u00a0: ${name}`,
  details: 'Détails',
  detailsLabel: (name) => `Détails\u00a0: ${name}`,

  detailDescription: 'Description',
  detailHowTo: 'Comment l’obtenir',
  detailUnlocked: 'Déverrouillé',
  detailStarted: 'Commencé',
  detailStarts: 'Début',
  detailEnds: 'Fin',
  detailResets: 'Réinitialisation',
  detailRepeats: 'Répétition',
  detailTimesEarned: 'Nombre de fois terminé',
  detailStart: 'Activation',
  detailRarity: 'Rareté',
  detailRewards: 'Récompenses',
  detailTime: 'Durée estimée',
  detailKind: 'Type',
  detailParticipation: 'Pour',
  detailTitles: 'Jeu',
  detailPlatforms: 'Plateformes',
  detailCategory: 'Catégorie',
  detailCampaigns: 'Campagnes',
  detailId: 'ID du succès',
  detailApiName: 'Nom d’API',
  detailServiceConfiguration: 'Configuration du service',
  detailProduct: 'Produit',

  recurrenceOnExpiration: 'À la fin de sa période',
  recurrenceOnCompletion: 'Chaque fois qu’il est terminé',
  activationUserAction: 'À votre première action',
  activationFixedSchedule: 'En même temps pour tout le monde',
  typePersistent: 'Permanent',
  participationIndividual: 'Un joueur',

  unlockedOf: (unlocked, total) => `Déverrouillés\u00a0: ${unlocked} sur ${total}`,
  pointsOf: (earned, total, count) =>
    plural(count, { one: `${earned} sur ${total} point`, other: `${earned} sur ${total} points` }),

  upToDate: (time) => `À jour · ${time}`,
  justNow: 'à l’instant',
  asOf: (time) => `Dernière vérification\u00a0: ${time}`,
  checking: 'Vérification…',
  offline: 'Hors ligne',
  couldNotCheck: (problem) => `Vérification impossible\u00a0: ${problem}`,
  tryAgain: 'Réessayer',
  skipped: (skipped, count) =>
    plural(count, {
      one: `${skipped} succès n’a pas pu être lu`,
      other: `${skipped} succès n’ont pas pu être lus`,
    }),
  problem: (code) => PROBLEMS[code],
};

registerLocale('fr', fr);
