import { describe, expect, it } from 'vitest';
import { Formats } from '../../../src/locales/formats.js';
import { plain, tags, termsOf } from './support.js';

const NOW = Date.UTC(2026, 0, 14, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DATE = Date.UTC(2026, 0, 17, 12);

/** What comes in from the formatters has to fit the words around it, in every language. */
const sentences: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Ends in 3 days',
    'Ends in 1 hour',
    'Resets in 5 minutes',
    'Starts on January 17, 2026',
    'Unlocked January 17, 2026',
    'Completed January 17, 2026',
    'Ended January 17, 2026',
    'About 6 hr',
    '12.4% of players have it',
    'As of January 17, 2026',
  ],
  de: [
    'Endet in 3 Tagen',
    'Endet in 1 Stunde',
    'Wird in 5 Minuten zurückgesetzt',
    'Startet am 17. Januar 2026',
    'Freigeschaltet am 17. Januar 2026',
    'Abgeschlossen am 17. Januar 2026',
    'Abgelaufen am 17. Januar 2026',
    'Etwa 6 Std.',
    '12,4 % der Spieler haben ihn',
    'Stand: 17. Januar 2026',
  ],
  fr: [
    'Se termine dans 3 jours',
    'Se termine dans 1 heure',
    'Se réinitialise dans 5 minutes',
    'Commence le 17 janvier 2026',
    'Déverrouillé le 17 janvier 2026',
    'Terminé le 17 janvier 2026',
    'A pris fin le 17 janvier 2026',
    'Environ 6 h',
    'Obtenu par 12,4 % des joueurs',
    'Dernière vérification : 17 janvier 2026',
  ],
  es: [
    'Termina dentro de 3 días',
    'Termina dentro de 1 hora',
    'Se reinicia dentro de 5 minutos',
    'Empieza el 17 de enero de 2026',
    'Desbloqueado el 17 de enero de 2026',
    'Completado el 17 de enero de 2026',
    'Terminó el 17 de enero de 2026',
    'Aprox. 6 h',
    'Conseguido por el 12,4 % de los jugadores',
    'Última comprobación: 17 de enero de 2026',
  ],
  it: [
    'Termina tra 3 giorni',
    'Termina tra 1 ora',
    'Si azzera tra 5 minuti',
    'Inizia il 17 gennaio 2026',
    'Sbloccato il 17 gennaio 2026',
    'Completato il 17 gennaio 2026',
    'Scaduto il 17 gennaio 2026',
    'Circa 6 h',
    'Giocatori che lo hanno ottenuto: 12,4%',
    'Ultimo controllo: 17 gennaio 2026',
  ],
  'pt-BR': [
    'Termina em 3 dias',
    'Termina em 1 hora',
    'Reinicia em 5 minutos',
    'Começa em 17 de janeiro de 2026',
    'Desbloqueada em 17 de janeiro de 2026',
    'Concluída em 17 de janeiro de 2026',
    'Terminou em 17 de janeiro de 2026',
    'Cerca de 6 h',
    'Obtida por 12,4% dos jogadores',
    'Última verificação: 17 de janeiro de 2026',
  ],
  nl: [
    'Eindigt over 3 dagen',
    'Eindigt over 1 uur',
    'Wordt over 5 minuten gereset',
    'Begint op 17 januari 2026',
    'Ontgrendeld op 17 januari 2026',
    'Voltooid op 17 januari 2026',
    'Geëindigd op 17 januari 2026',
    'Ongeveer 6 uur',
    'Behaald door 12,4% van de spelers',
    'Laatst gecontroleerd: 17 januari 2026',
  ],
  pl: [
    'Kończy się za 3 dni',
    'Kończy się za 1 godzinę',
    'Odnawia się za 5 minut',
    'Zaczyna się 17 stycznia 2026',
    'Odblokowane 17 stycznia 2026',
    'Ukończone 17 stycznia 2026',
    'Zakończyło się 17 stycznia 2026',
    'Około 6 godz.',
    'Ma to 12,4% graczy',
    'Ostatnie sprawdzenie: 17 stycznia 2026',
  ],
  ja: [
    '3 日後に終了',
    '1 時間後に終了',
    '5 分後にリセット',
    '2026年1月17日に開始',
    '解除済み: 2026年1月17日',
    '達成: 2026年1月17日',
    '2026年1月17日に終了',
    '約 6 時間',
    'プレイヤーの 12.4% が獲得',
    '2026年1月17日 時点',
  ],
  ko: [
    '3일 후 종료',
    '1시간 후 종료',
    '5분 후 초기화',
    '2026년 1월 17일 시작',
    '잠금 해제됨: 2026년 1월 17일',
    '완료: 2026년 1월 17일',
    '2026년 1월 17일 종료됨',
    '약 6시간',
    '플레이어의 12.4%가 달성',
    '2026년 1월 17일 기준',
  ],
  'zh-CN': [
    '3天后结束',
    '1小时后结束',
    '5分钟后重置',
    '2026年1月17日开始',
    '已解锁：2026年1月17日',
    '已完成：2026年1月17日',
    '已于2026年1月17日结束',
    '约 6小时',
    '12.4% 的玩家已获得',
    '截至 2026年1月17日',
  ],
  ar: [
    'ينتهي خلال 3 أيام',
    'ينتهي خلال ساعة واحدة',
    'يُعاد تعيينه خلال 5 دقائق',
    'يبدأ في 17 يناير 2026',
    'تم فتحه في 17 يناير 2026',
    'اكتمل في 17 يناير 2026',
    'انتهى في 17 يناير 2026',
    'حوالي 6 س',
    'حصل عليه 12.4% من اللاعبين',
    'آخر تحقق: 17 يناير 2026',
  ],
};

describe('sentences with a time in them', () => {
  it.each(['en', ...tags])('read right: %s', (tag) => {
    const formats = new Formats(tag);
    const terms = termsOf(tag);
    const until = (distance: number) => formats.until(NOW + distance, NOW).text;
    const date = formats.date(DATE);
    expect(
      [
        terms.ends(until(3 * DAY)),
        terms.ends(until(HOUR)),
        terms.resets(until(HOUR / 12)),
        terms.startsOn(date),
        terms.unlockedOn(date),
        terms.completedOn(date),
        terms.ended(date),
        terms.about(formats.duration(6 * 3600)),
        terms.rarityLabel(formats.percent(12.4)),
        terms.asOf(date),
      ].map(plain),
    ).toEqual(sentences[tag]);
  });

  it.each([
    [1, 'Inizia il 1 gennaio 2026'],
    [8, 'Inizia l’8 gennaio 2026'],
    [11, 'Inizia l’11 gennaio 2026'],
    [18, 'Inizia il 18 gennaio 2026'],
  ])('have the right article in Italian: day %i', (day, sentence) => {
    expect(termsOf('it').startsOn(new Formats('it').date(Date.UTC(2026, 0, day, 12)))).toBe(sentence);
  });
});

/**
 * What the toolbar says of the number of cards, in words that would do for 1 of 1 as well, as no bare number comes in;
 * and the label of the pin of a secret, where its stand-in comes in as the name.
 */
const spoken: Readonly<Record<string, readonly [shown: string, pin: string]>> = {
  en: ['Achievements shown: 3 of 1,234', 'Pin Secret achievement'],
  de: ['Angezeigte Erfolge: 3 von 1.234', 'Anheften: Geheimer Erfolg'],
  fr: ['Succès affichés : 3 sur 1 234', 'Épingler : Succès secret'],
  es: ['Logros mostrados: 3 de 1234', 'Fijar: Logro secreto'],
  it: ['Obiettivi mostrati: 3 su 1234', 'Fissa: Obiettivo segreto'],
  'pt-BR': ['Conquistas exibidas: 3 de 1.234', 'Fixar: Conquista secreta'],
  nl: ['Prestaties getoond: 3 van 1.234', 'Geheime prestatie vastzetten'],
  pl: ['Wyświetlane osiągnięcia: 3 z 1234', 'Przypnij: Tajne osiągnięcie'],
  ja: ['1,234 個中 3 個の実績を表示', 'シークレット実績 をピン留め'],
  ko: ['도전 과제 1,234개 중 3개 표시', '비밀 도전 과제 고정'],
  'zh-CN': ['共 1,234 个成就，显示 3 个', '置顶“秘密成就”'],
  ar: ['الإنجازات المعروضة: 3 من 1,234', 'تثبيت: إنجاز سري'],
};

describe('what is only spoken', () => {
  it.each(['en', ...tags])('reads right: %s', (tag) => {
    const formats = new Formats(tag);
    const terms = termsOf(tag);
    expect(
      [terms.shownOf(formats.number(3), formats.number(1234)), terms.pinLabel(terms.secretName)].map(plain),
    ).toEqual(spoken[tag]);
  });
});

/** Read, of how many there are; and what is told of one alone. */
const short: Readonly<Record<string, readonly string[]>> = {
  en: ['32 of 1,073 achievements could be read', '0 of 1 achievement could be read'],
  de: ['32 von 1.073 Erfolgen gelesen', '0 von 1 Erfolg gelesen'],
  fr: ['Succès lus : 32 sur 1 073', 'Succès lus : 0 sur 1'],
  es: ['Logros leídos: 32 de 1073', 'Logros leídos: 0 de 1'],
  it: ['Obiettivi letti: 32 su 1073', 'Obiettivi letti: 0 su 1'],
  'pt-BR': ['Conquistas lidas: 32 de 1.073', 'Conquistas lidas: 0 de 1'],
  nl: ['32 van 1.073 prestaties gelezen', '0 van 1 prestatie gelezen'],
  pl: ['Odczytano 32 z 1073 osiągnięć', 'Odczytano 0 z 1 osiągnięcia'],
  ja: ['1,073 個中 32 個の実績を読み込みました', '1 個中 0 個の実績を読み込みました'],
  ko: ['도전 과제 1,073개 중 32개를 읽었어요', '도전 과제 1개 중 0개를 읽었어요'],
  'zh-CN': ['共 1,073 个成就，已读取 32 个', '共 1 个成就，已读取 0 个'],
  ar: ['الإنجازات المقروءة: 32 من 1,073', 'الإنجازات المقروءة: 0 من 1'],
};

describe('an answer that is short', () => {
  it.each(['en', ...tags])('is told with what came, and of how many: %s', (tag) => {
    const { incomplete } = termsOf(tag);
    const number = (value: number) => new Formats(tag).number(value);
    expect([incomplete(number(32), number(1073), 1073), incomplete(number(0), number(1), 1)].map(plain)).toEqual(
      short[tag],
    );
  });
});

type Row = readonly [count: number, points: string, times: string, skipped: string, pointsOf: string];

function expectForms(tag: string, [count, points, times, skipped, pointsOf]: Row): void {
  const terms = termsOf(tag);
  const number = new Formats(tag).number(count);
  expect([
    plain(terms.points(number, count)),
    plain(terms.timesEarned(number, count)),
    plain(terms.skipped(number, count)),
    plain(terms.pointsOf('0', number, count)),
  ]).toEqual([points, times, skipped, pointsOf]);
}

describe('plural forms', () => {
  const polish: readonly Row[] = [
    [1, '1 punkt', 'Ukończone raz', 'Nie udało się odczytać 1 osiągnięcia', '0 z 1 punktu'],
    [2, '2 punkty', 'Ukończone 2 razy', 'Nie udało się odczytać 2 osiągnięć', '0 z 2 punktów'],
    [4, '4 punkty', 'Ukończone 4 razy', 'Nie udało się odczytać 4 osiągnięć', '0 z 4 punktów'],
    [5, '5 punktów', 'Ukończone 5 razy', 'Nie udało się odczytać 5 osiągnięć', '0 z 5 punktów'],
    [12, '12 punktów', 'Ukończone 12 razy', 'Nie udało się odczytać 12 osiągnięć', '0 z 12 punktów'],
    [21, '21 punktów', 'Ukończone 21 razy', 'Nie udało się odczytać 21 osiągnięć', '0 z 21 punktów'],
    [22, '22 punkty', 'Ukończone 22 razy', 'Nie udało się odczytać 22 osiągnięć', '0 z 22 punktów'],
    [112, '112 punktów', 'Ukończone 112 razy', 'Nie udało się odczytać 112 osiągnięć', '0 z 112 punktów'],
    [1.5, '1,5 punktu', 'Ukończone 1,5 razu', 'Nie udało się odczytać 1,5 osiągnięcia', '0 z 1,5 punktu'],
  ];
  it.each(polish)('are those of Polish: %d', (...row) => expectForms('pl', row));

  const arabic: readonly Row[] = [
    [0, '0 نقطة', 'اكتمل 0 مرة', 'تعذّرت قراءة 0 إنجاز', 'النقاط: 0 من 0'],
    [1, 'نقطة واحدة', 'اكتمل مرة واحدة', 'تعذّرت قراءة إنجاز واحد', 'النقاط: 0 من 1'],
    [2, 'نقطتان', 'اكتمل مرتين', 'تعذّرت قراءة إنجازين', 'النقاط: 0 من 2'],
    [3, '3 نقاط', 'اكتمل 3 مرات', 'تعذّرت قراءة 3 إنجازات', 'النقاط: 0 من 3'],
    [10, '10 نقاط', 'اكتمل 10 مرات', 'تعذّرت قراءة 10 إنجازات', 'النقاط: 0 من 10'],
    [11, '11 نقطة', 'اكتمل 11 مرة', 'تعذّرت قراءة 11 إنجازًا', 'النقاط: 0 من 11'],
    [99, '99 نقطة', 'اكتمل 99 مرة', 'تعذّرت قراءة 99 إنجازًا', 'النقاط: 0 من 99'],
    [100, '100 نقطة', 'اكتمل 100 مرة', 'تعذّرت قراءة 100 إنجاز', 'النقاط: 0 من 100'],
    [103, '103 نقاط', 'اكتمل 103 مرات', 'تعذّرت قراءة 103 إنجازات', 'النقاط: 0 من 103'],
  ];
  it.each(arabic)('are those of Arabic: %d', (...row) => expectForms('ar', row));

  const others: readonly (readonly [tag: string, one: string, five: string])[] = [
    ['en', '1 point', '5 points'],
    ['de', '1 Punkt', '5 Punkte'],
    ['fr', '1 point', '5 points'],
    ['es', '1 punto', '5 puntos'],
    ['it', '1 punto', '5 punti'],
    ['pt-BR', '1 ponto', '5 pontos'],
    ['nl', '1 punt', '5 punten'],
    ['ja', '1 ポイント', '5 ポイント'],
    ['ko', '1점', '5점'],
    ['zh-CN', '1 分', '5 分'],
  ];
  it.each(others)('are those of %s', (tag, one, five) => {
    expect([termsOf(tag).points('1', 1), termsOf(tag).points('5', 5)]).toEqual([one, five]);
  });

  it('are by the rules of the language and not by “more than one”: French and Brazil say 1,5 and 0 like 1', () => {
    expect([0, 1.5, 2, 1_000_000].map((count) => termsOf('fr').points('x', count))).toEqual([
      'x point',
      'x point',
      'x points',
      'x points',
    ]);
    expect([0, 1.5, 2].map((count) => termsOf('pt-BR').points('x', count))).toEqual(['x ponto', 'x ponto', 'x pontos']);
    expect([0, 1.5, 2].map((count) => termsOf('de').points('x', count))).toEqual(['x Punkte', 'x Punkte', 'x Punkte']);
  });
});
