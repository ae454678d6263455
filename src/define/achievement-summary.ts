import { AchievementSummary } from '../elements/achievement-summary.js';
// Before what it gives its store to, so that it is there to be asked.
import './achievement-source.js';
import { define } from './define.js';

define('achievement-summary', AchievementSummary);

declare global {
  interface HTMLElementTagNameMap {
    'achievement-summary': AchievementSummary;
  }
}
