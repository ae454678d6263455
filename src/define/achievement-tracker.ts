import { AchievementTracker } from '../elements/achievement-tracker.js';
// Before what it gives its store to, so that it is there to be asked.
import './achievement-source.js';
import { define } from './define.js';

define('achievement-tracker', AchievementTracker);

declare global {
  interface HTMLElementTagNameMap {
    'achievement-tracker': AchievementTracker;
  }
}
