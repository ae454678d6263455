import { nothing, render, type TemplateResult } from 'lit';
import type { Achievement, ArrangedGroup, GroupKey, Standing } from '../model/index.js';
import type { Terms } from '../locales/terms.js';
import { icons } from '../styles/icons.js';
import type { AchievementCard } from './achievement-card.js';
import { sectionWords, stateWords } from './card-words.js';
import type { GroupPart, ListRows } from './list-rows.js';
import type { LocaleController } from './locale-controller.js';
import { html } from './template.js';
import { createElement } from './dom.js';

const CARD_PARTS =
  'card: card-body, icon, name, description, state, progress, progress-label, reward, rarity, time, details, details-toggle, action, reveal, pin';

/** A part of a group in words. */
export interface LabelledPart extends GroupPart {
  readonly label: string;
  /** What stands beside the heading. */
  readonly totals: string;
}

/** Titles, campaigns and categories have the service's names; states, types and sections have ours. */
function groupWords({ kind, name }: ArrangedGroup, groupBy: GroupKey, hasOthers: boolean, terms: Terms): string {
  if (kind === 'section') return sectionWords(name, terms);
  if (kind === 'rest') return hasOthers ? terms.everythingElse : terms.achievements;
  if (groupBy === 'state') return stateWords(name as Standing, terms);
  if (name === 'challenge' && groupBy === 'type') return terms.challenge;
  if (name === 'persistent' && groupBy === 'type') return terms.typePersistent;
  return name || terms.otherGroup;
}

/**
 * Puts parts of groups into words.
 * @param hasOthers whether there is more than one group in the list
 * @param isWhole whether that is everything there is: how much a group has of a list that is short, nobody knows
 */
export function labelled(
  parts: readonly GroupPart[],
  groupBy: GroupKey,
  hasOthers: boolean,
  isWhole: boolean,
  { formats, terms }: LocaleController,
): LabelledPart[] {
  return parts.map((part) => {
    const { group } = part.rows;
    const { achievements, totals } = group;
    // What is revoked is in no total: a group of it has only how many they are.
    const words =
      totals && totals.total > 0 && isWhole
        ? terms.progressOf(formats.number(totals.unlocked), formats.number(totals.total))
        : formats.number(achievements.length);
    return { ...part, label: groupWords(group, groupBy, hasOthers, terms), totals: words };
  });
}

function setAttribute(element: Element, name: string, value: number | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

interface Item {
  readonly card: AchievementCard;
  readonly item: HTMLLIElement;
}

/** What is done with the cards of a list. */
export interface CardHandlers {
  /** Gives a card everything it shows. */
  readonly prepare: (card: AchievementCard, achievement: Achievement) => void;
  readonly revealed: (card: AchievementCard) => void;
  readonly opened: (card: AchievementCard) => void;
  readonly pinned: (card: AchievementCard) => void;
  readonly collapse: (group: ArrangedGroup) => void;
}

/**
 * The groups and cards in a list's document. There is one item for each achievement, kept for as long as it is shown: a
 * card that moves keeps what is open in it.
 */
export class ListGroups {
  readonly #handlers: CardHandlers;
  readonly #items = new Map<string, Item>();
  readonly #roots = new Map<string, HTMLElement>();

  constructor(handlers: CardHandlers) {
    this.#handlers = handlers;
  }

  /** The card of an achievement, where it is in the document. */
  cardOf(key: string): AchievementCard | undefined {
    return this.#items.get(key)?.card;
  }

  /** The first card in the document. */
  get first(): AchievementCard | undefined {
    const [root] = this.#roots.values();
    return root?.parentElement?.querySelector('achievement-card') ?? undefined;
  }

  get cards(): AchievementCard[] {
    return [...this.#items.values()].map(({ card }) => card);
  }

  /**
   * Puts groups and cards where they belong, and takes away what is there no more.
   * @param container what the groups are in; nothing where there is no list
   * @param kept the key of a card that stays in the document wherever the list is scrolled; its group is in the parts
   * @param rows of a list that is only partly in the document
   * @returns the elements that begin a row
   */
  place(container: Element | null, parts: readonly LabelledPart[], kept?: string, rows?: ListRows): HTMLElement[] {
    this.#removeAllBut(parts, kept);
    const starts: HTMLElement[] = [];
    let next = container?.firstElementChild ?? null;
    for (const part of parts) {
      const root = this.#rootOf(part.rows.group.id);
      if (root === next) next = root.nextElementSibling;
      else container?.insertBefore(root, next);
      root.classList.toggle('first', part.rows.start === 0);
      render(this.#template(part, rows !== undefined), root);
      const heading = root.querySelector<HTMLElement>('.group-heading');
      if (rows && heading) starts.push(heading);
      this.#placeItems(part, root, rows, starts);
    }
    return starts;
  }

  #removeAllBut(parts: readonly LabelledPart[], kept: string | undefined): void {
    const keys = new Set<string>();
    const ids = new Set<string>();
    for (const { rows, from, to } of parts) {
      ids.add(rows.group.id);
      for (const { key } of rows.group.achievements.slice(from, to)) keys.add(key);
    }
    for (const [key, { item }] of this.#items) {
      const isParked = key === kept && !keys.has(key);
      item.classList.toggle('parked', isParked);
      if (keys.has(key)) continue;
      if (!isParked) {
        item.remove();
        this.#items.delete(key);
      }
    }
    for (const [id, root] of this.#roots) {
      if (ids.has(id)) continue;
      root.remove();
      this.#roots.delete(id);
    }
  }

  #placeItems(
    { rows, from, to }: GroupPart,
    root: HTMLElement,
    all: ListRows | undefined,
    starts: HTMLElement[],
  ): void {
    const { achievements } = rows.group;
    const list = root.querySelector('ul');
    let next = list?.firstElementChild ?? null;
    achievements.slice(from, to).forEach((achievement, offset) => {
      const { card, item } = this.#itemOf(achievement.key);
      this.#handlers.prepare(card, achievement);
      if (item === next) next = item.nextElementSibling;
      else list?.insertBefore(item, next);
      const index = from + offset;
      const place = all?.rowAt(rows, index);
      // What is not in the document has to be told.
      setAttribute(item, 'aria-setsize', all && achievements.length);
      setAttribute(item, 'aria-posinset', all && index + 1);
      setAttribute(item, 'data-index', place?.row);
      if (place?.isFirst) starts.push(item);
    });
  }

  #rootOf(id: string): HTMLElement {
    let root = this.#roots.get(id);
    if (!root) {
      root = createElement('div');
      root.setAttribute('part', 'group');
      root.className = 'group';
      root.dataset['group'] = id;
      this.#roots.set(id, root);
    }
    return root;
  }

  #template({ hasHeading, label, rows, totals }: LabelledPart, isNumbered: boolean): TemplateResult {
    return html`
      ${
        hasHeading
          ? html`<div
              class="group-heading"
              role="heading"
              aria-level="3"
              data-index=${isNumbered ? rows.start : nothing}
            >
              <button
                type="button"
                class="fold"
                aria-expanded=${!rows.isCollapsed}
                @click=${() => this.#handlers.collapse(rows.group)}
              >
                <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path d=${icons.chevron}></path></svg
                ><bdi>${label}</bdi>
              </button>
              <bdi>${totals}</bdi>
            </div>`
          : nothing
      }
      <ul part="list" class="list" role="list" aria-label=${label} ?hidden=${rows.isCollapsed}></ul>
    `;
  }

  #itemOf(key: string): Item {
    let known = this.#items.get(key);
    if (!known) {
      const { opened, pinned, revealed } = this.#handlers;
      const card = createElement('achievement-card');
      const notes = Object.assign(createElement('slot'), { slot: 'notes' });
      card.setAttribute('part', 'card');
      card.setAttribute('exportparts', CARD_PARTS);
      card.addEventListener('revealed-change', () => revealed(card));
      card.addEventListener('open-change', () => opened(card));
      card.addEventListener('pin-toggle', () => pinned(card));
      const item = createElement('li');
      item.append(card);
      card.append(notes);
      known = { card, item };
      this.#items.set(key, known);
    }
    return known;
  }
}
