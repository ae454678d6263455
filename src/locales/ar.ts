import type { ProblemCode } from '../model/index.js';
import { pluralsOf } from './plurals.js';
import { registerLocale } from './registry.js';
import type { Terms } from './terms.js';

const plural = pluralsOf('ar');

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  offline: 'يبدو أنك غير متصل بالإنترنت.',
  timeout: 'استغرقت الخدمة وقتًا طويلاً للرد.',
  unauthorized: 'يرجى تسجيل الدخول مجددًا.',
  forbidden: 'لا يُسمح لك بعرض هذه الإنجازات.',
  'not-found': 'لا يوجد شيء في هذا العنوان.',
  'rate-limited': 'طلبات كثيرة جدًا. يرجى الانتظار قليلاً.',
  server: 'تواجه الخدمة مشكلة من جانبها.',
  'bad-shape': 'تعذّر فهم الرد.',
  'too-large': 'كان الرد أكبر من أن يُقرأ كاملاً.',
  storage: 'تعذّر حفظ الإنجازات على هذا الجهاز.',
  unknown: 'حدثت مشكلة غير متوقعة.',
};

/** Arabic. */
export const ar: Terms = {
  achievements: 'الإنجازات',
  loading: 'جارٍ تحميل الإنجازات…',
  empty: 'لا توجد إنجازات بعد.',
  noMatch: 'لا توجد نتائج.',
  otherGroup: 'أخرى',

  stateLocked: 'مقفل',
  stateInProgress: 'قيد التقدم',
  stateUnlocked: 'تم فتحه',
  stateExpired: 'منتهٍ',
  stateScheduled: 'لم يبدأ بعد',
  stateUnknown: 'حالة غير معروفة',
  revoked: 'تم سحبه',
  revokedDescription: 'لم يعد هذا الإنجاز محسوبًا.',

  secretName: 'إنجاز سري',
  secretDescription: 'واصل اللعب لتكتشف ما هو.',
  reveal: 'كشف',
  revealLabel: 'كشف هذا الإنجاز السري',
  mask: 'إخفاء',
  maskLabel: (name) => `إخفاء الإنجاز السري ${name}`,

  progress: 'التقدم',
  progressOf: (current, target) => `${current} من ${target}`,
  partsOf: (met, total) => `الأجزاء: ${met} من ${total}`,
  part: (number) => `الجزء ${number}`,
  left: (remaining) => `المتبقي: ${remaining}`,

  unlockedOn: (date) => `تم فتحه في ${date}`,
  completedOn: (date) => `اكتمل في ${date}`,
  startsOn: (date) => `يبدأ في ${date}`,
  ends: (relative) => `ينتهي ${relative}`,
  ended: (date) => `انتهى في ${date}`,
  resets: (relative) => `يُعاد تعيينه ${relative}`,
  repeats: 'متكرر',
  timesEarned: (times, count) =>
    plural(count, {
      one: 'اكتمل مرة واحدة',
      two: 'اكتمل مرتين',
      few: `اكتمل ${times} مرات`,
      other: `اكتمل ${times} مرة`,
    }),
  challenge: 'تحدٍّ',
  group: 'مجموعة',
  about: (duration) => `حوالي ${duration}`,

  points: (value, count) =>
    plural(count, { one: 'نقطة واحدة', two: 'نقطتان', few: `${value} نقاط`, other: `${value} نقطة` }),
  reward: 'مكافأة',
  rarityLabel: (percent) => `حصل عليه ${percent} من اللاعبين`,

  openInGame: 'فتح في اللعبة',
  openLabel: (name) => `فتح في اللعبة: ${name}`,
  details: 'التفاصيل',
  detailsLabel: (name) => `التفاصيل: ${name}`,

  detailDescription: 'الوصف',
  detailHowTo: 'طريقة الحصول عليه',
  detailUnlocked: 'وقت الفتح',
  detailStarted: 'بدء التقدم',
  detailStarts: 'البداية',
  detailEnds: 'النهاية',
  detailResets: 'إعادة التعيين',
  detailRepeats: 'التكرار',
  detailTimesEarned: 'مرات الإكمال',
  detailStart: 'طريقة البدء',
  detailRarity: 'الندرة',
  detailRewards: 'المكافآت',
  detailTime: 'الوقت التقديري',
  detailKind: 'النوع',
  detailParticipation: 'المشاركة',
  detailTitles: 'اللعبة',
  detailPlatforms: 'المنصات',
  detailCategory: 'الفئة',
  detailCampaigns: 'الحملات',
  detailId: 'معرّف الإنجاز',
  detailApiName: 'اسم واجهة البرمجة',
  detailServiceConfiguration: 'إعداد الخدمة',
  detailProduct: 'المنتج',

  recurrenceOnExpiration: 'عند انتهاء مدته',
  recurrenceOnCompletion: 'عند كل إكمال',
  activationUserAction: 'مع أول خطوة لك',
  activationFixedSchedule: 'للجميع في الوقت نفسه',
  typePersistent: 'دائم',
  participationIndividual: 'لاعب واحد',

  unlockedOf: (unlocked, total) => `تم فتح ${unlocked} من ${total}`,
  pointsOf: (earned, total) => `النقاط: ${earned} من ${total}`,

  upToDate: (time) => `محدَّث · ${time}`,
  justNow: 'الآن',
  asOf: (time) => `آخر تحقق: ${time}`,
  checking: 'جارٍ التحقق…',
  offline: 'غير متصل',
  couldNotCheck: (problem) => `تعذّر التحقق: ${problem}`,
  tryAgain: 'إعادة المحاولة',
  skipped: (skipped, count) =>
    plural(count, {
      one: 'تعذّرت قراءة إنجاز واحد',
      two: 'تعذّرت قراءة إنجازين',
      few: `تعذّرت قراءة ${skipped} إنجازات`,
      many: `تعذّرت قراءة ${skipped} إنجازًا`,
      other: `تعذّرت قراءة ${skipped} إنجاز`,
    }),
  problem: (code) => PROBLEMS[code],
};

registerLocale('ar', ar);
