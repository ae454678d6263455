import type { ProblemCode } from '../model/index.js';
import { pluralsOf } from './plurals.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const plural = pluralsOf('pl');

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'Wygląda na to, że nie ma połączenia z internetem.',
  timeout: 'Usługa zbyt długo nie odpowiadała.',
  unauthorized: 'Zaloguj się ponownie.',
  forbidden: 'Brak dostępu do tych osiągnięć.',
  'not-found': 'Pod tym adresem nic nie ma.',
  'rate-limited': 'Zbyt wiele żądań. Poczekaj chwilę.',
  server: 'Wystąpił problem po stronie usługi.',
  'bad-shape': 'Nie udało się zrozumieć odpowiedzi.',
  'too-large': 'Odpowiedź była zbyt duża, aby odczytać ją w całości.',
  incomplete: 'Nie udało się odczytać wszystkiego.',
  storage: 'Nie udało się zapisać osiągnięć na tym urządzeniu.',
  unknown: 'Wystąpił nieoczekiwany problem.',
};

/** Polish, impersonal. */
export const pl: Terms = {
  achievements: 'Osiągnięcia',
  loading: 'Wczytywanie osiągnięć…',
  empty: 'Na razie brak osiągnięć.',
  noMatch: 'Brak wyników.',
  otherGroup: 'Inne',
  everythingElse: 'Wszystkie pozostałe',

  sectionPinned: 'Przypięte',
  sectionSinceLastVisit: 'Od ostatniej wizyty',
  sectionNearlyDone: 'Prawie ukończone',
  sectionRunningOut: 'Wkrótce się kończą',
  sectionRecentlyUnlocked: 'Ostatnio odblokowane',
  isNew: 'Nowe',
  pin: 'Przypnij',
  pinLabel: (name) => `Przypnij: ${name}`,

  toolbar: 'Wyszukiwanie, filtrowanie i sortowanie',
  search: 'Szukaj osiągnięć',
  filter: 'Filtruj',
  all: 'Wszystkie',
  layout: 'Widok',
  layoutList: 'Lista',
  layoutGrid: 'Siatka',
  layoutCompact: 'Kompaktowy',
  sortBy: 'Sortuj według',
  thenBy: 'Następnie według',
  sortOrder: 'Domyślna kolejność',
  sortState: 'Stan',
  sortRemaining: 'Ile zostało',
  sortUnlocked: 'Data odblokowania',
  sortPoints: 'Punkty',
  sortName: 'Nazwa',
  sortEnds: 'Pozostały czas',
  ascending: 'Rosnąco',
  descending: 'Malejąco',
  groupBy: 'Grupuj według',
  groupNone: 'Bez grup',
  reset: 'Resetuj',
  resetDone: 'Wybory zresetowane',
  shownOf: (shown, total) => `Wyświetlane osiągnięcia: ${shown} z ${total}`,

  stateLocked: 'Zablokowane',
  stateInProgress: 'W toku',
  stateUnlocked: 'Odblokowane',
  stateExpired: 'Wygasło',
  stateScheduled: 'Jeszcze się nie zaczęło',
  stateUnknown: 'Stan nieznany',
  revoked: 'Cofnięte',
  revokedDescription: 'To osiągnięcie już się nie liczy.',
  pending: 'Jeszcze nie zapisano',

  toasts: 'Powiadomienia o osiągnięciach',
  toastUnlocked: 'Odblokowano osiągnięcie',
  toastChallenge: 'Ukończono wyzwanie',
  toastAll: (count) => `Odblokowano wszystkie: ${count}`,
  toastMany: (count) => `Odblokowano: ${count}`,
  toastMore: (count) => `Jeszcze ${count}`,
  toastDismiss: (name) => `Zamknij: ${name}`,

  secretName: 'Tajne osiągnięcie',
  secretDescription: 'Graj dalej, aby dowiedzieć się, co to jest.',
  reveal: 'Odkryj',
  revealLabel: 'Odkryj to tajne osiągnięcie',
  mask: 'Ukryj',
  maskLabel: (name) => `Ukryj tajne osiągnięcie ${name}`,

  progress: 'Postęp',
  progressOf: (current, target) => `${current} z ${target}`,
  partsOf: (met, total) => `${met} z ${total} części`,
  part: (number) => `Część ${number}`,
  left: (remaining) => `Jeszcze ${remaining}`,

  unlockedOn: (date) => `Odblokowane ${date}`,
  completedOn: (date) => `Ukończone ${date}`,
  startsOn: (date) => `Zaczyna się ${date}`,
  ends: (relative) => `Kończy się ${relative}`,
  ended: (date) => `Zakończyło się ${date}`,
  resets: (relative) => `Odnawia się ${relative}`,
  repeats: 'Powtarzalne',
  timesEarned: (times, count) =>
    count === 1 ? 'Ukończone raz' : `Ukończone ${times} ${plural(count, { other: 'razu', few: 'razy', many: 'razy' })}`,
  challenge: 'Wyzwanie',
  group: 'Grupa',
  about: (duration) => `Około ${duration}`,

  points: (value, count) =>
    `${value} ${plural(count, { one: 'punkt', few: 'punkty', many: 'punktów', other: 'punktu' })}`,
  reward: 'Nagroda',
  rarityLabel: (percent) => `Ma to ${percent} graczy`,

  openInGame: 'Otwórz w grze',
  openLabel: (name) => `Otwórz w grze: ${name}`,
  details: 'Szczegóły',
  detailsLabel: (name) => `Szczegóły: ${name}`,

  gamepadMove: 'Ruch',
  gamepadSelect: 'Wybierz',
  gamepadBack: 'Wstecz',
  gamepadPage: 'Strona',
  gamepadRegion: 'Następny obszar',
  gamepadDismiss: 'Zamknij',

  detailDescription: 'Opis',
  detailHowTo: 'Jak zdobyć',
  detailUnlocked: 'Odblokowane',
  detailStarted: 'Rozpoczęte',
  detailStarts: 'Początek',
  detailEnds: 'Koniec',
  detailResets: 'Odnowienie',
  detailRepeats: 'Powtarzanie',
  detailTimesEarned: 'Liczba ukończeń',
  detailStart: 'Aktywacja',
  detailRarity: 'Rzadkość',
  detailRewards: 'Nagrody',
  detailTime: 'Szacowany czas',
  detailKind: 'Rodzaj',
  detailParticipation: 'Uczestnicy',
  detailTitles: 'Gra',
  detailPlatforms: 'Platformy',
  detailCategory: 'Kategoria',
  detailCampaigns: 'Kampanie',
  detailId: 'ID osiągnięcia',
  detailApiName: 'Nazwa API',
  detailServiceConfiguration: 'Konfiguracja usługi',
  detailProduct: 'Produkt',

  recurrenceOnExpiration: 'Po zakończeniu okresu',
  recurrenceOnCompletion: 'Po każdym ukończeniu',
  activationUserAction: 'Od pierwszego kroku',
  activationFixedSchedule: 'Dla wszystkich w tym samym czasie',
  typePersistent: 'Stałe',
  participationIndividual: 'Jeden gracz',

  unlockedOf: (unlocked, total) => `Odblokowano ${unlocked} z ${total}`,
  // After "z" stands the genitive.
  pointsOf: (earned, total, count) =>
    `${earned} z ${total} ${plural(count, { few: 'punktów', many: 'punktów', other: 'punktu' })}`,

  upToDate: (time) => `Aktualne · ${time}`,
  justNow: 'przed chwilą',
  asOf: (time) => `Ostatnie sprawdzenie: ${time}`,
  checking: 'Sprawdzanie…',
  offline: 'Tryb offline',
  couldNotCheck: (problem) => `Nie udało się sprawdzić: ${problem}`,
  tryAgain: 'Spróbuj ponownie',
  // So it does after a negation.
  skipped: (skipped, count) =>
    `Nie udało się odczytać ${skipped} ${plural(count, { few: 'osiągnięć', many: 'osiągnięć', other: 'osiągnięcia' })}`,
  incomplete: (shown, total, count) =>
    `Odczytano ${shown} z ${total} ${plural(count, { few: 'osiągnięć', many: 'osiągnięć', other: 'osiągnięcia' })}`,
  tracker: 'Śledzone osiągnięcia',
  unpinLabel: (name) => `Odepnij: ${name}`,
  problem: (code) => PROBLEMS[code],
};

registerLocale('pl', pl);
