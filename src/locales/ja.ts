import type { ProblemCode } from '../model/index.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'オフラインのようです。',
  timeout: 'サービスからの応答に時間がかかりすぎました。',
  unauthorized: 'もう一度サインインしてください。',
  forbidden: 'これらの実績を表示する権限がありません。',
  'not-found': 'このアドレスには何もありません。',
  'rate-limited': 'リクエストが多すぎます。しばらくお待ちください。',
  server: 'サービス側で問題が発生しています。',
  'bad-shape': '応答を解釈できませんでした。',
  'too-large': '応答が大きすぎて、すべてを読み込めませんでした。',
  storage: 'この端末に実績を保存できませんでした。',
  unknown: '予期しない問題が発生しました。',
};

/** Japanese, polite. */
export const ja: Terms = {
  achievements: '実績',
  loading: '実績を読み込んでいます…',
  empty: '実績はまだありません。',

  stateLocked: '未解除',
  stateInProgress: '進行中',
  stateUnlocked: '解除済み',
  stateExpired: '期限切れ',
  stateScheduled: '開始前',
  stateUnknown: '状態不明',
  revoked: '取り消し済み',
  revokedDescription: 'この実績は無効になりました。',

  secretName: 'シークレット実績',
  secretDescription: 'プレイを続けると内容がわかります。',
  reveal: '表示',
  revealLabel: 'このシークレット実績を表示',
  mask: '隠す',
  maskLabel: (name) => `シークレット実績「${name}」を隠す`,

  progress: '進行状況',
  progressOf: (current, target) => `${current} / ${target}`,
  partsOf: (met, total) => `${total} 項目中 ${met} 項目`,
  part: (number) => `項目 ${number}`,
  left: (remaining) => `あと ${remaining}`,

  unlockedOn: (date) => `解除済み: ${date}`,
  completedOn: (date) => `達成: ${date}`,
  startsOn: (date) => `${date}に開始`,
  ends: (relative) => `${relative}に終了`,
  ended: (date) => `${date}に終了`,
  resets: (relative) => `${relative}にリセット`,
  repeats: '繰り返し可',
  timesEarned: (times) => `${times} 回達成`,
  challenge: 'チャレンジ',
  group: 'グループ',
  about: (duration) => `約 ${duration}`,

  points: (value) => `${value} ポイント`,
  reward: '報酬',
  rarityLabel: (percent) => `プレイヤーの ${percent} が獲得`,

  openInGame: 'ゲームで開く',
  openLabel: (name) => `ゲームで開く: ${name}`,
  details: '詳細',
  detailsLabel: (name) => `${name} の詳細`,

  detailDescription: '説明',
  detailHowTo: '獲得方法',
  detailUnlocked: '解除日時',
  detailStarted: '着手日時',
  detailStarts: '開始日時',
  detailEnds: '終了日時',
  detailResets: 'リセット日時',
  detailRepeats: '繰り返し',
  detailTimesEarned: '達成回数',
  detailStart: '開始条件',
  detailRarity: 'レア度',
  detailRewards: '報酬',
  detailTime: '目安時間',
  detailKind: '種類',
  detailParticipation: '対象',
  detailTitles: 'ゲーム',
  detailPlatforms: 'プラットフォーム',
  detailCategory: 'カテゴリ',
  detailCampaigns: 'キャンペーン',
  detailId: '実績 ID',
  detailApiName: 'API 名',
  detailServiceConfiguration: 'サービス構成',
  detailProduct: '製品',

  recurrenceOnExpiration: '期間の終了時',
  recurrenceOnCompletion: '達成するたび',
  activationUserAction: '最初の行動から',
  activationFixedSchedule: '全員同時に開始',
  typePersistent: '常設',
  participationIndividual: '1 人',

  unlockedOf: (unlocked, total) => `${total} 個中 ${unlocked} 個解除`,
  pointsOf: (earned, total) => `${earned} / ${total} ポイント`,

  upToDate: (time) => `最新 · ${time}`,
  justNow: 'たった今',
  asOf: (time) => `${time} 時点`,
  checking: '確認しています…',
  offline: 'オフライン',
  couldNotCheck: (problem) => `確認できませんでした: ${problem}`,
  tryAgain: '再試行',
  skipped: (skipped) => `${skipped} 個の実績を読み込めませんでした`,
  problem: (code) => PROBLEMS[code],
};

registerLocale('ja', ja);
