import type { ProblemCode } from '../model/index.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: '你似乎处于离线状态。',
  timeout: '服务响应时间过长。',
  unauthorized: '请重新登录。',
  forbidden: '你无权查看这些成就。',
  'not-found': '此地址没有任何内容。',
  'rate-limited': '请求过多，请稍候。',
  server: '服务自身出现问题。',
  'bad-shape': '无法理解收到的响应。',
  'too-large': '响应过大，无法完整读取。',
  storage: '无法在此设备上保存成就。',
  unknown: '发生了意外问题。',
};

/** Chinese in simplified characters. */
export const zhCN: Terms = {
  achievements: '成就',
  loading: '正在加载成就…',
  empty: '还没有成就。',

  stateLocked: '未解锁',
  stateInProgress: '进行中',
  stateUnlocked: '已解锁',
  stateExpired: '已过期',
  stateScheduled: '尚未开始',
  stateUnknown: '状态未知',
  revoked: '已撤销',
  revokedDescription: '此成就不再计入。',

  secretName: '秘密成就',
  secretDescription: '继续游戏即可揭晓。',
  reveal: '显示',
  revealLabel: '显示此秘密成就',
  mask: '隐藏',
  maskLabel: (name) => `隐藏秘密成就“${name}”`,

  progress: '进度',
  progressOf: (current, target) => `${current}/${target}`,
  partsOf: (met, total) => `${met}/${total} 个部分`,
  part: (number) => `第 ${number} 部分`,
  left: (remaining) => `还差 ${remaining}`,

  unlockedOn: (date) => `已解锁：${date}`,
  completedOn: (date) => `已完成：${date}`,
  startsOn: (date) => `${date}开始`,
  ends: (relative) => `${relative}结束`,
  ended: (date) => `已于${date}结束`,
  resets: (relative) => `${relative}重置`,
  repeats: '可重复',
  timesEarned: (times) => `已完成 ${times} 次`,
  challenge: '挑战',
  group: '团队',
  about: (duration) => `约 ${duration}`,

  points: (value) => `${value} 分`,
  reward: '奖励',
  rarityLabel: (percent) => `${percent} 的玩家已获得`,

  openInGame: '在游戏中打开',
  openLabel: (name) => `在游戏中打开：${name}`,
  details: '详情',
  detailsLabel: (name) => `${name} 的详情`,

  detailDescription: '描述',
  detailHowTo: '获取方法',
  detailUnlocked: '解锁时间',
  detailStarted: '着手时间',
  detailStarts: '开始时间',
  detailEnds: '结束时间',
  detailResets: '重置时间',
  detailRepeats: '重复',
  detailTimesEarned: '完成次数',
  detailStart: '开始方式',
  detailRarity: '稀有度',
  detailRewards: '奖励',
  detailTime: '预计用时',
  detailKind: '类型',
  detailParticipation: '参与方式',
  detailTitles: '游戏',
  detailPlatforms: '平台',
  detailCategory: '类别',
  detailCampaigns: '活动',
  detailId: '成就 ID',
  detailApiName: 'API 名称',
  detailServiceConfiguration: '服务配置',
  detailProduct: '产品',

  recurrenceOnExpiration: '周期结束时',
  recurrenceOnCompletion: '每次完成后',
  activationUserAction: '从你的第一步开始',
  activationFixedSchedule: '所有人同时开始',
  typePersistent: '永久',
  participationIndividual: '单人',

  unlockedOf: (unlocked, total) => `已解锁 ${unlocked}/${total}`,
  pointsOf: (earned, total) => `${earned}/${total} 分`,

  upToDate: (time) => `已是最新 · ${time}`,
  justNow: '刚刚',
  asOf: (time) => `截至 ${time}`,
  checking: '正在检查…',
  offline: '离线',
  couldNotCheck: (problem) => `无法检查：${problem}`,
  tryAgain: '重试',
  skipped: (skipped) => `有 ${skipped} 个成就无法读取`,
  problem: (code) => PROBLEMS[code],
};

registerLocale('zh-CN', zhCN);
