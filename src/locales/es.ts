import type { ProblemCode } from '../model/index.js';
import { pluralsOf } from './plurals.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const plural = pluralsOf('es');

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'Parece que no tienes conexión.',
  timeout: 'El servicio ha tardado demasiado en responder.',
  unauthorized: 'Vuelve a iniciar sesión.',
  forbidden: 'No tienes permiso para ver estos logros.',
  'not-found': 'No hay nada en esta dirección.',
  'rate-limited': 'Demasiadas solicitudes. Espera un momento.',
  server: 'El servicio tiene un problema.',
  'bad-shape': 'No se ha podido entender la respuesta.',
  'too-large': 'La respuesta era demasiado grande para leerla entera.',
  storage: 'Los logros no se han podido guardar en este dispositivo.',
  unknown: 'Se ha producido un problema inesperado.',
};

/** Spanish, informal. */
export const es: Terms = {
  achievements: 'Logros',
  loading: 'Cargando logros…',
  empty: 'Aún no hay logros.',
  noMatch: 'No hay resultados.',
  otherGroup: 'Otros',

  stateLocked: 'Bloqueado',
  stateInProgress: 'En curso',
  stateUnlocked: 'Desbloqueado',
  stateExpired: 'Caducado',
  stateScheduled: 'Aún no ha empezado',
  stateUnknown: 'Estado desconocido',
  revoked: 'Revocado',
  revokedDescription: 'Este logro ya no cuenta.',

  secretName: 'Logro secreto',
  secretDescription: 'Sigue jugando para descubrir qué es.',
  reveal: 'Revelar',
  revealLabel: 'Revelar este logro secreto',
  mask: 'Ocultar',
  maskLabel: (name) => `Ocultar el logro secreto ${name}`,

  progress: 'Progreso',
  progressOf: (current, target) => `${current} de ${target}`,
  partsOf: (met, total) => `Partes: ${met} de ${total}`,
  part: (number) => `Parte ${number}`,
  left: (remaining) => `Solo ${remaining} más`,

  unlockedOn: (date) => `Desbloqueado el ${date}`,
  completedOn: (date) => `Completado el ${date}`,
  startsOn: (date) => `Empieza el ${date}`,
  ends: (relative) => `Termina ${relative}`,
  ended: (date) => `Terminó el ${date}`,
  resets: (relative) => `Se reinicia ${relative}`,
  repeats: 'Repetible',
  timesEarned: (times, count) => plural(count, { one: 'Completado una vez', other: `Completado ${times} veces` }),
  challenge: 'Desafío',
  group: 'Grupo',
  about: (duration) => `Aprox. ${duration}`,

  points: (value, count) => plural(count, { one: `${value} punto`, other: `${value} puntos` }),
  reward: 'Recompensa',
  rarityLabel: (percent) => `Conseguido por el ${percent} de los jugadores`,

  openInGame: 'Abrir en el juego',
  openLabel: (name) => `Abrir en el juego: ${name}`,
  details: 'Detalles',
  detailsLabel: (name) => `Detalles de ${name}`,

  detailDescription: 'Descripción',
  detailHowTo: 'Cómo conseguirlo',
  detailUnlocked: 'Desbloqueado',
  detailStarted: 'Empezado',
  detailStarts: 'Inicio',
  detailEnds: 'Fin',
  detailResets: 'Reinicio',
  detailRepeats: 'Repetición',
  detailTimesEarned: 'Veces completado',
  detailStart: 'Activación',
  detailRarity: 'Rareza',
  detailRewards: 'Recompensas',
  detailTime: 'Tiempo estimado',
  detailKind: 'Tipo',
  detailParticipation: 'Para',
  detailTitles: 'Juego',
  detailPlatforms: 'Plataformas',
  detailCategory: 'Categoría',
  detailCampaigns: 'Campañas',
  detailId: 'ID del logro',
  detailApiName: 'Nombre de API',
  detailServiceConfiguration: 'Configuración del servicio',
  detailProduct: 'Producto',

  recurrenceOnExpiration: 'Al terminar su periodo',
  recurrenceOnCompletion: 'Cada vez que se completa',
  activationUserAction: 'Con tu primer paso',
  activationFixedSchedule: 'Para todos al mismo tiempo',
  typePersistent: 'Permanente',
  participationIndividual: 'Un jugador',

  unlockedOf: (unlocked, total) => `Desbloqueados: ${unlocked} de ${total}`,
  pointsOf: (earned, total, count) =>
    plural(count, { one: `${earned} de ${total} punto`, other: `${earned} de ${total} puntos` }),

  upToDate: (time) => `Actualizado · ${time}`,
  justNow: 'ahora mismo',
  asOf: (time) => `Última comprobación: ${time}`,
  checking: 'Comprobando…',
  offline: 'Sin conexión',
  couldNotCheck: (problem) => `No se ha podido comprobar: ${problem}`,
  tryAgain: 'Reintentar',
  skipped: (skipped, count) =>
    plural(count, { one: 'No se ha podido leer 1 logro', other: `No se han podido leer ${skipped} logros` }),
  problem: (code) => PROBLEMS[code],
};

registerLocale('es', es);
