import type { ProblemCode } from '../model/index.js';
import { pluralsOf } from './plurals.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const plural = pluralsOf('pt-BR');

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'Parece que você está sem conexão.',
  timeout: 'O serviço demorou demais para responder.',
  unauthorized: 'Entre novamente na sua conta.',
  forbidden: 'Você não tem permissão para ver estas conquistas.',
  'not-found': 'Não há nada neste endereço.',
  'rate-limited': 'Muitas solicitações. Aguarde um momento.',
  server: 'O serviço está com um problema.',
  'bad-shape': 'Não foi possível entender a resposta.',
  'too-large': 'A resposta era grande demais para ser lida por inteiro.',
  storage: 'Não foi possível salvar as conquistas neste dispositivo.',
  unknown: 'Ocorreu um problema inesperado.',
};

/** Portuguese of Brazil. */
export const ptBR: Terms = {
  achievements: 'Conquistas',
  loading: 'Carregando conquistas…',
  empty: 'Nenhuma conquista ainda.',
  noMatch: 'Nenhum resultado.',
  otherGroup: 'Outras',

  stateLocked: 'Bloqueada',
  stateInProgress: 'Em andamento',
  stateUnlocked: 'Desbloqueada',
  stateExpired: 'Expirada',
  stateScheduled: 'Ainda não começou',
  stateUnknown: 'Estado desconhecido',
  revoked: 'Revogada',
  revokedDescription: 'Esta conquista não conta mais.',

  secretName: 'Conquista secreta',
  secretDescription: 'Continue jogando para descobrir o que é.',
  reveal: 'Revelar',
  revealLabel: 'Revelar esta conquista secreta',
  mask: 'Ocultar',
  maskLabel: (name) => `Ocultar a conquista secreta ${name}`,

  progress: 'Progresso',
  progressOf: (current, target) => `${current} de ${target}`,
  partsOf: (met, total) => `Partes: ${met} de ${total}`,
  part: (number) => `Parte ${number}`,
  left: (remaining) => `Só mais ${remaining}`,

  unlockedOn: (date) => `Desbloqueada em ${date}`,
  completedOn: (date) => `Concluída em ${date}`,
  startsOn: (date) => `Começa em ${date}`,
  ends: (relative) => `Termina ${relative}`,
  ended: (date) => `Terminou em ${date}`,
  resets: (relative) => `Reinicia ${relative}`,
  repeats: 'Repetível',
  timesEarned: (times, count) => (count === 1 ? 'Concluída uma vez' : `Concluída ${times} vezes`),
  challenge: 'Desafio',
  group: 'Grupo',
  about: (duration) => `Cerca de ${duration}`,

  points: (value, count) => plural(count, { one: `${value} ponto`, other: `${value} pontos` }),
  reward: 'Recompensa',
  rarityLabel: (percent) => `Obtida por ${percent} dos jogadores`,

  openInGame: 'Abrir no jogo',
  openLabel: (name) => `Abrir no jogo: ${name}`,
  details: 'Detalhes',
  detailsLabel: (name) => `Detalhes de ${name}`,

  detailDescription: 'Descrição',
  detailHowTo: 'Como obter',
  detailUnlocked: 'Desbloqueada',
  detailStarted: 'Iniciada',
  detailStarts: 'Início',
  detailEnds: 'Término',
  detailResets: 'Reinício',
  detailRepeats: 'Repetição',
  detailTimesEarned: 'Vezes concluída',
  detailStart: 'Ativação',
  detailRarity: 'Raridade',
  detailRewards: 'Recompensas',
  detailTime: 'Tempo estimado',
  detailKind: 'Tipo',
  detailParticipation: 'Para',
  detailTitles: 'Jogo',
  detailPlatforms: 'Plataformas',
  detailCategory: 'Categoria',
  detailCampaigns: 'Campanhas',
  detailId: 'ID da conquista',
  detailApiName: 'Nome da API',
  detailServiceConfiguration: 'Configuração do serviço',
  detailProduct: 'Produto',

  recurrenceOnExpiration: 'Ao fim do período',
  recurrenceOnCompletion: 'Sempre que é concluída',
  activationUserAction: 'Com seu primeiro passo',
  activationFixedSchedule: 'Para todos ao mesmo tempo',
  typePersistent: 'Permanente',
  participationIndividual: 'Um jogador',

  unlockedOf: (unlocked, total) => `Desbloqueadas: ${unlocked} de ${total}`,
  pointsOf: (earned, total, count) =>
    plural(count, { one: `${earned} de ${total} ponto`, other: `${earned} de ${total} pontos` }),

  upToDate: (time) => `Atualizado · ${time}`,
  justNow: 'agora mesmo',
  asOf: (time) => `Última verificação: ${time}`,
  checking: 'Verificando…',
  offline: 'Sem conexão',
  couldNotCheck: (problem) => `Não foi possível verificar: ${problem}`,
  tryAgain: 'Tentar novamente',
  skipped: (skipped, count) =>
    plural(count, {
      one: `Não foi possível ler ${skipped} conquista`,
      other: `Não foi possível ler ${skipped} conquistas`,
    }),
  problem: (code) => PROBLEMS[code],
};

registerLocale('pt-BR', ptBR);
