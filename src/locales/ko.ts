import type { ProblemCode } from '../model/index.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: '오프라인 상태인 것 같아요.',
  timeout: '서비스의 응답이 너무 오래 걸려요.',
  unauthorized: '다시 로그인해 주세요.',
  forbidden: '이 도전 과제를 볼 권한이 없어요.',
  'not-found': '이 주소에는 아무것도 없어요.',
  'rate-limited': '요청이 너무 많아요. 잠시 기다려 주세요.',
  server: '서비스 자체에 문제가 있어요.',
  'bad-shape': '응답을 이해할 수 없었어요.',
  'too-large': '응답이 너무 커서 전부 읽을 수 없었어요.',
  storage: '이 기기에 도전 과제를 저장할 수 없었어요.',
  unknown: '예기치 않은 문제가 발생했어요.',
};

/** Korean, polite. */
export const ko: Terms = {
  achievements: '도전 과제',
  loading: '도전 과제를 불러오는 중…',
  empty: '아직 도전 과제가 없어요.',

  stateLocked: '잠김',
  stateInProgress: '진행 중',
  stateUnlocked: '잠금 해제됨',
  stateExpired: '만료됨',
  stateScheduled: '시작 전',
  stateUnknown: '상태 알 수 없음',
  revoked: '취소됨',
  revokedDescription: '이 도전 과제는 더 이상 인정되지 않아요.',

  secretName: '비밀 도전 과제',
  secretDescription: '계속 플레이하면 알 수 있어요.',
  reveal: '공개',
  revealLabel: '이 비밀 도전 과제 공개',
  mask: '숨기기',
  maskLabel: (name) => `비밀 도전 과제 ${name} 숨기기`,

  progress: '진행 상황',
  progressOf: (current, target) => `${current} / ${target}`,
  partsOf: (met, total) => `${total}개 항목 중 ${met}개`,
  part: (number) => `항목 ${number}`,
  left: (remaining) => `${remaining} 남음`,

  unlockedOn: (date) => `잠금 해제됨: ${date}`,
  completedOn: (date) => `완료: ${date}`,
  startsOn: (date) => `${date} 시작`,
  ends: (relative) => `${relative} 종료`,
  ended: (date) => `${date} 종료됨`,
  resets: (relative) => `${relative} 초기화`,
  repeats: '반복 가능',
  timesEarned: (times) => `${times}회 완료`,
  challenge: '챌린지',
  group: '그룹',
  about: (duration) => `약 ${duration}`,

  points: (value) => `${value}점`,
  reward: '보상',
  rarityLabel: (percent) => `플레이어의 ${percent}가 달성`,

  openInGame: '게임에서 열기',
  openLabel: (name) => `게임에서 열기: ${name}`,
  details: '세부 정보',
  detailsLabel: (name) => `${name} 세부 정보`,

  detailDescription: '설명',
  detailHowTo: '획득 방법',
  detailUnlocked: '잠금 해제',
  detailStarted: '도전 시작',
  detailStarts: '시작',
  detailEnds: '종료',
  detailResets: '초기화',
  detailRepeats: '반복',
  detailTimesEarned: '완료 횟수',
  detailStart: '시작 조건',
  detailRarity: '희귀도',
  detailRewards: '보상',
  detailTime: '예상 시간',
  detailKind: '종류',
  detailParticipation: '대상',
  detailTitles: '게임',
  detailPlatforms: '플랫폼',
  detailCategory: '카테고리',
  detailCampaigns: '캠페인',
  detailId: '도전 과제 ID',
  detailApiName: 'API 이름',
  detailServiceConfiguration: '서비스 구성',
  detailProduct: '제품',

  recurrenceOnExpiration: '기간이 끝날 때',
  recurrenceOnCompletion: '완료할 때마다',
  activationUserAction: '첫 행동부터',
  activationFixedSchedule: '모두 동시에 시작',
  typePersistent: '상시',
  participationIndividual: '1명',

  unlockedOf: (unlocked, total) => `${total}개 중 ${unlocked}개 잠금 해제`,
  pointsOf: (earned, total) => `${total}점 중 ${earned}점`,

  upToDate: (time) => `최신 · ${time}`,
  justNow: '방금',
  asOf: (time) => `${time} 기준`,
  checking: '확인 중…',
  offline: '오프라인',
  couldNotCheck: (problem) => `확인하지 못했어요: ${problem}`,
  tryAgain: '다시 시도',
  skipped: (skipped) => `도전 과제 ${skipped}개를 읽지 못했어요`,
  problem: (code) => PROBLEMS[code],
};

registerLocale('ko', ko);
