import { AchievementGamepad } from '../elements/achievement-gamepad.js';
// Before what it takes the language from, so that it is there to be asked.
import './achievement-source.js';
import { define } from './define.js';

define('achievement-gamepad', AchievementGamepad);

declare global {
  interface HTMLElementTagNameMap {
    'achievement-gamepad': AchievementGamepad;
  }
}
