import { AchievementSource } from '../elements/achievement-source.js';
import './backends.js';
import { define } from './define.js';

define('achievement-source', AchievementSource);

declare global {
  interface HTMLElementTagNameMap {
    'achievement-source': AchievementSource;
  }
}
