import { AchievementCard } from '../elements/achievement-card.js';
import { define } from './define.js';

define('achievement-card', AchievementCard);

declare global {
  interface HTMLElementTagNameMap {
    'achievement-card': AchievementCard;
  }
}
