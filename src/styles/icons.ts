import { html, type TemplateResult } from 'lit';
import {
  Ban,
  CalendarClock,
  Check,
  ChevronDown,
  CircleCheck,
  CircleHelp,
  Clock,
  CloudOff,
  ExternalLink,
  Eye,
  EyeOff,
  Flag,
  Gem,
  Gift,
  History,
  Hourglass,
  Image,
  Lock,
  Repeat,
  RotateCcw,
  Target,
  Timer,
  TriangleAlert,
  Trophy,
  Users,
  type IconNode,
} from 'lucide';

type Shape = Readonly<Record<string, string | number | undefined>>;

/** One shape as path data: a single path is one binding for an icon, however many shapes it is drawn with. */
function pathOf(tag: string, shape: Shape): string {
  const at = (name: string) => Number(shape[name] ?? 0);
  switch (tag) {
    case 'path':
      // A path may begin with a relative move, which must not count from the end of the one before.
      return `M0 0${String(shape['d'])}`;
    case 'line':
      return `M${at('x1')} ${at('y1')}L${at('x2')} ${at('y2')}`;
    case 'polyline':
      return `M${String(shape['points'])}`;
    case 'circle': {
      const radius = at('r');
      const arc = (direction: number) => `a${radius} ${radius} 0 1 0 ${direction * 2 * radius} 0`;
      return `M${at('cx') - radius} ${at('cy')}${arc(1)}${arc(-1)}`;
    }
    case 'rect': {
      const radius = at('rx');
      const corner = (x: number, y: number) => `a${radius} ${radius} 0 0 1 ${x * radius} ${y * radius}`;
      const [width, height] = [at('width') - 2 * radius, at('height') - 2 * radius];
      return `M${at('x') + radius} ${at('y')}h${width}${corner(1, 1)}v${height}${corner(-1, 1)}h${-width}${corner(-1, -1)}v${-height}${corner(1, -1)}z`;
    }
    default:
      throw new Error(`No path is known for <${tag}>`);
  }
}

function icon(node: IconNode): TemplateResult {
  const path = node.map(([tag, shape]) => pathOf(tag, shape)).join('');
  return html`<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}

/** The interface glyphs; all are decoration beside words. */
export const icons = {
  ban: icon(Ban),
  calendar: icon(CalendarClock),
  check: icon(Check),
  chevron: icon(ChevronDown),
  circleCheck: icon(CircleCheck),
  clock: icon(Clock),
  cloudOff: icon(CloudOff),
  external: icon(ExternalLink),
  eye: icon(Eye),
  eyeOff: icon(EyeOff),
  flag: icon(Flag),
  gem: icon(Gem),
  gift: icon(Gift),
  history: icon(History),
  hourglass: icon(Hourglass),
  image: icon(Image),
  lock: icon(Lock),
  question: icon(CircleHelp),
  repeat: icon(Repeat),
  reset: icon(RotateCcw),
  target: icon(Target),
  timer: icon(Timer),
  trophy: icon(Trophy),
  users: icon(Users),
  warning: icon(TriangleAlert),
};
