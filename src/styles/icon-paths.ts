// The build works this module out: what is published is the object at its end.

import {
  ArrowDown,
  ArrowDownUp,
  ArrowUp,
  Ban,
  Check,
  ChevronDown,
  CircleHelp,
  Clock,
  CloudOff,
  ExternalLink,
  Eye,
  EyeOff,
  Gem,
  Gift,
  Grid2x2,
  Hourglass,
  List,
  Lock,
  Menu,
  Pin,
  Plus,
  Repeat,
  RotateCcw,
  Search,
  Target,
  TriangleAlert,
  Trophy,
  Users,
  X,
  type IconNode,
} from 'lucide';

type Shape = Readonly<Record<string, string | number | undefined>>;

/** One shape as path data: a single path is one binding for an icon, however many shapes it is drawn with. */
function pathOf(tag: string, shape: Shape): string {
  const at = (name: string) => Number(shape[name] ?? 0);
  switch (tag) {
    case 'path':
      // A relative move at its beginning must not count from the end of the shape before.
      return String(shape['d']).replace(/^m/, 'M0 0m');
    case 'line':
      return `M${at('x1')} ${at('y1')}L${at('x2')} ${at('y2')}`;
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

/** The one path of an icon, in a box of 24 by 24. */
function pathsOf(node: IconNode): string {
  return node.map(([tag, shape]) => pathOf(tag, shape)).join('');
}

/** The interface glyphs as path data; all are decoration beside words. */
export const icons = {
  arrowDown: pathsOf(ArrowDown),
  arrowUp: pathsOf(ArrowUp),
  ban: pathsOf(Ban),
  check: pathsOf(Check),
  chevron: pathsOf(ChevronDown),
  clock: pathsOf(Clock),
  close: pathsOf(X),
  cloudOff: pathsOf(CloudOff),
  external: pathsOf(ExternalLink),
  eye: pathsOf(Eye),
  eyeOff: pathsOf(EyeOff),
  gem: pathsOf(Gem),
  gift: pathsOf(Gift),
  grid: pathsOf(Grid2x2),
  hourglass: pathsOf(Hourglass),
  list: pathsOf(List),
  lock: pathsOf(Lock),
  pin: pathsOf(Pin),
  plus: pathsOf(Plus),
  question: pathsOf(CircleHelp),
  repeat: pathsOf(Repeat),
  reset: pathsOf(RotateCcw),
  rows: pathsOf(Menu),
  search: pathsOf(Search),
  sort: pathsOf(ArrowDownUp),
  target: pathsOf(Target),
  trophy: pathsOf(Trophy),
  users: pathsOf(Users),
  warning: pathsOf(TriangleAlert),
};
