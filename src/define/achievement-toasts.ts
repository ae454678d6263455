import { AchievementToasts } from '../elements/achievement-toasts.js';
// Before what it gives its store to, so that it is there to be asked.
import './achievement-source.js';
import { define } from './define.js';

define('achievement-toasts', AchievementToasts);

declare global {
  interface HTMLElementTagNameMap {
    'achievement-toasts': AchievementToasts;
  }
}
