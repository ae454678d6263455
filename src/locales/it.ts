import type { ProblemCode } from '../model/index.js';
import { pluralsOf } from './plurals.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const plural = pluralsOf('it');

/** The article of a date: "il 7 gennaio", but "l’8 gennaio". */
const on = (date: string) => (/^(?:8|11)\b/.test(date) ? `l’${date}` : `il ${date}`);

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'Sembra che tu sia offline.',
  timeout: 'Il servizio ha impiegato troppo tempo a rispondere.',
  unauthorized: 'Accedi di nuovo.',
  forbidden: 'Non hai il permesso di vedere questi obiettivi.',
  'not-found': 'A questo indirizzo non c’è nulla.',
  'rate-limited': 'Troppe richieste. Attendi un momento.',
  server: 'Il servizio ha un problema.',
  'bad-shape': 'Impossibile comprendere la risposta.',
  'too-large': 'La risposta era troppo grande per essere letta per intero.',
  storage: 'Impossibile salvare gli obiettivi su questo dispositivo.',
  unknown: 'Si è verificato un problema imprevisto.',
};

/** Italian, informal. */
export const it: Terms = {
  achievements: 'Obiettivi',
  loading: 'Caricamento degli obiettivi…',
  empty: 'Ancora nessun obiettivo.',
  noMatch: 'Nessun risultato.',
  otherGroup: 'Altro',
  everythingElse: 'Tutti gli altri',

  sectionPinned: 'Fissati',
  sectionSinceLastVisit: 'Dalla tua ultima visita',
  sectionNearlyDone: 'Quasi completati',
  sectionRunningOut: 'In scadenza',
  sectionRecentlyUnlocked: 'Sbloccati di recente',
  isNew: 'Nuovo',
  pin: 'Fissa',
  pinLabel: (name) => `Fissa: ${name}`,

  toolbar: 'Cerca, filtra e ordina',
  search: 'Cerca obiettivi',
  filter: 'Filtra',
  all: 'Tutti',
  layout: 'Visualizzazione',
  layoutList: 'Elenco',
  layoutGrid: 'Griglia',
  layoutCompact: 'Compatta',
  sortBy: 'Ordina per',
  thenBy: 'Poi per',
  sortOrder: 'Predefinito',
  sortState: 'Stato',
  sortRemaining: 'Quanto manca',
  sortUnlocked: 'Data di sblocco',
  sortPoints: 'Punti',
  sortName: 'Nome',
  sortEnds: 'Tempo rimanente',
  ascending: 'Crescente',
  descending: 'Decrescente',
  groupBy: 'Raggruppa per',
  groupNone: 'Nessun gruppo',
  reset: 'Ripristina',
  resetDone: 'Scelte ripristinate',
  shownOf: (shown, total) => `Obiettivi mostrati: ${shown} su ${total}`,

  stateLocked: 'Bloccato',
  stateInProgress: 'In corso',
  stateUnlocked: 'Sbloccato',
  stateExpired: 'Scaduto',
  stateScheduled: 'Non ancora iniziato',
  stateUnknown: 'Stato sconosciuto',
  revoked: 'Revocato',
  revokedDescription: 'Questo obiettivo non conta più.',
  pending: 'Non ancora salvato',

  secretName: 'Obiettivo segreto',
  secretDescription: 'Continua a giocare per scoprire di cosa si tratta.',
  reveal: 'Rivela',
  revealLabel: 'Rivela questo obiettivo segreto',
  mask: 'Nascondi',
  maskLabel: (name) => `Nascondi l’obiettivo segreto ${name}`,

  progress: 'Progressi',
  progressOf: (current, target) => `${current} su ${target}`,
  partsOf: (met, total) => `Parti: ${met} su ${total}`,
  part: (number) => `Parte ${number}`,
  left: (remaining) => `Ancora ${remaining}`,

  unlockedOn: (date) => `Sbloccato ${on(date)}`,
  completedOn: (date) => `Completato ${on(date)}`,
  startsOn: (date) => `Inizia ${on(date)}`,
  ends: (relative) => `Termina ${relative}`,
  ended: (date) => `Scaduto ${on(date)}`,
  resets: (relative) => `Si azzera ${relative}`,
  repeats: 'Ripetibile',
  timesEarned: (times, count) => plural(count, { one: 'Completato una volta', other: `Completato ${times} volte` }),
  challenge: 'Sfida',
  group: 'Gruppo',
  about: (duration) => `Circa ${duration}`,

  points: (value, count) => plural(count, { one: `${value} punto`, other: `${value} punti` }),
  reward: 'Ricompensa',
  rarityLabel: (percent) => `Giocatori che lo hanno ottenuto: ${percent}`,

  openInGame: 'Apri nel gioco',
  openLabel: (name) => `Apri nel gioco: ${name}`,
  details: 'Dettagli',
  detailsLabel: (name) => `Dettagli di ${name}`,

  gamepadMove: 'Sposta',
  gamepadSelect: 'Seleziona',
  gamepadBack: 'Indietro',
  gamepadPage: 'Pagina',
  gamepadRegion: 'Area successiva',
  gamepadDismiss: 'Chiudi',

  detailDescription: 'Descrizione',
  detailHowTo: 'Come ottenerlo',
  detailUnlocked: 'Sbloccato',
  detailStarted: 'Iniziato',
  detailStarts: 'Inizio',
  detailEnds: 'Fine',
  detailResets: 'Azzeramento',
  detailRepeats: 'Ripetizione',
  detailTimesEarned: 'Completamenti',
  detailStart: 'Attivazione',
  detailRarity: 'Rarità',
  detailRewards: 'Ricompense',
  detailTime: 'Tempo stimato',
  detailKind: 'Tipo',
  detailParticipation: 'Per',
  detailTitles: 'Gioco',
  detailPlatforms: 'Piattaforme',
  detailCategory: 'Categoria',
  detailCampaigns: 'Campagne',
  detailId: 'ID obiettivo',
  detailApiName: 'Nome API',
  detailServiceConfiguration: 'Configurazione del servizio',
  detailProduct: 'Prodotto',

  recurrenceOnExpiration: 'Alla fine del periodo',
  recurrenceOnCompletion: 'A ogni completamento',
  activationUserAction: 'Con il tuo primo passo',
  activationFixedSchedule: 'Per tutti nello stesso momento',
  typePersistent: 'Permanente',
  participationIndividual: 'Un giocatore',

  unlockedOf: (unlocked, total) => `Sbloccati: ${unlocked} su ${total}`,
  pointsOf: (earned, total, count) =>
    plural(count, { one: `${earned} su ${total} punto`, other: `${earned} su ${total} punti` }),

  upToDate: (time) => `Aggiornato · ${time}`,
  justNow: 'proprio ora',
  asOf: (time) => `Ultimo controllo: ${time}`,
  checking: 'Controllo in corso…',
  offline: 'Offline',
  couldNotCheck: (problem) => `Impossibile controllare: ${problem}`,
  tryAgain: 'Riprova',
  skipped: (skipped, count) =>
    plural(count, { one: 'Impossibile leggere 1 obiettivo', other: `Impossibile leggere ${skipped} obiettivi` }),
  tracker: 'Obiettivi seguiti',
  unpinLabel: (name) => `Non fissare più: ${name}`,
  problem: (code) => PROBLEMS[code],
};

registerLocale('it', it);
