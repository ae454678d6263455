import type { Achievement, ArrangedGroup, Arrangement } from '../model/index.js';
import type { Layout } from './achievement-card.js';
import type { Rows, WindowRange } from './list-window.js';

/** Rows kept ready above and below what is seen, where a row holds one card. */
const SPARE_ROWS = 4;

/** What a row takes before it was measured, in pixels. */
const ROW_ESTIMATES: Readonly<Record<Layout, number>> = { list: 118, grid: 300, compact: 60 };
const HEADING_ESTIMATE = 50;

/** A group with its place in the rows of a list. */
export interface GroupRows {
  readonly group: ArrangedGroup;
  readonly hasHeading: boolean;
  readonly isCollapsed: boolean;
  /** The number of its first row: its heading where it has one. */
  readonly start: number;
  /** The number of its first row with cards. */
  readonly cards: number;
  /** The number of the first row after it. */
  readonly end: number;
}

/** A part of a group: what of it is in the document. */
export interface GroupPart {
  readonly rows: GroupRows;
  readonly hasHeading: boolean;
  /** The number in the group of the first achievement, and of the first that is not in it any more. */
  readonly from: number;
  readonly to: number;
}

/** The rows of a list: a heading is one, and in a grid several cards are. */
export class ListRows implements Rows {
  readonly groups: readonly GroupRows[];
  readonly count: number;
  readonly overscan: number;
  readonly #columns: number;
  readonly #estimate: number;
  /** The number of the group of each row. */
  readonly #groupOf: Uint32Array;

  constructor({ groups }: Arrangement, collapsed: readonly string[], columns: number, layout: Layout) {
    let start = 0;
    this.groups = groups.map((group) => {
      const hasHeading = group.kind !== 'rest' || groups.length > 1;
      const isCollapsed = hasHeading && collapsed.includes(group.name || group.kind);
      const cards = start + Number(hasHeading);
      const end = cards + (isCollapsed ? 0 : Math.ceil(group.achievements.length / columns));
      const rows = { group, hasHeading, isCollapsed, start, cards, end };
      start = end;
      return rows;
    });
    this.count = start;
    this.overscan = Math.max(1, Math.round(SPARE_ROWS / columns));
    this.#columns = columns;
    this.#estimate = ROW_ESTIMATES[layout] ?? ROW_ESTIMATES.list;
    this.#groupOf = new Uint32Array(start);
    this.groups.forEach((rows, index) => this.#groupOf.fill(index, rows.start, rows.end));
  }

  readonly keyAt = (row: number): string => {
    const rows = this.groups[this.#groupOf[row] ?? 0];
    if (!rows || row < rows.cards) return `heading ${rows?.group.id}`;
    return rows.group.achievements[(row - rows.cards) * this.#columns]?.key ?? '';
  };

  readonly estimateAt = (row: number): number => {
    const rows = this.groups[this.#groupOf[row] ?? 0];
    return rows && row < rows.cards ? HEADING_ESTIMATE : this.#estimate;
  };

  /** The row in which an achievement of a group stands, by its number there, and whether it begins it. */
  rowAt({ cards }: GroupRows, index: number): { readonly row: number; readonly isFirst: boolean } {
    return { row: cards + Math.floor(index / this.#columns), isFirst: index % this.#columns === 0 };
  }

  /** The row that an achievement stands in, and its group; nothing where it is not in the list. */
  find(key: string): { readonly row: number; readonly rows: GroupRows } | undefined {
    for (const rows of this.groups) {
      const index = rows.group.achievements.findIndex((each) => each.key === key);
      if (index >= 0) return { row: rows.cards + Math.floor(index / this.#columns), rows };
    }
    return undefined;
  }

  /**
   * What stands in some of the rows.
   * @param kept a group that is among them in any case, with nothing in it
   */
  between({ first, last }: WindowRange, kept?: GroupRows): GroupPart[] {
    return this.groups.flatMap((rows) => {
      const { achievements } = rows.group;
      const hasHeading = rows.hasHeading && rows.start >= first && rows.start <= last;
      const from = (Math.max(first, rows.cards) - rows.cards) * this.#columns;
      const to = Math.min((Math.min(last + 1, rows.end) - rows.cards) * this.#columns, achievements.length);
      return hasHeading || to > from || rows === kept ? [{ rows, hasHeading, from, to: Math.max(from, to) }] : [];
    });
  }

  /** The first so many cards. */
  upTo(most: number): GroupPart[] {
    let room = most;
    return this.groups.flatMap((rows) => {
      const to = rows.isCollapsed ? 0 : Math.min(room, rows.group.achievements.length);
      room -= to;
      return to > 0 || rows.isCollapsed ? [{ rows, hasHeading: rows.hasHeading, from: 0, to }] : [];
    });
  }

  /** The achievements that are seen, line by line as they stand. */
  lines(columns: number): (readonly Achievement[])[] {
    return this.groups.flatMap(({ group, isCollapsed }) => {
      const count = isCollapsed ? 0 : Math.ceil(group.achievements.length / columns);
      return Array.from({ length: count }, (_, line) => group.achievements.slice(line * columns, (line + 1) * columns));
    });
  }
}
