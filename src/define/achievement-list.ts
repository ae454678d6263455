import { AchievementList } from '../elements/achievement-list.js';
// Before what it gives its store to, so that it is there to be asked.
import './achievement-source.js';
import './achievement-card.js';
import './achievement-summary.js';
import { define } from './define.js';

define('achievement-list', AchievementList);

declare global {
  interface HTMLElementTagNameMap {
    'achievement-list': AchievementList;
  }
}
