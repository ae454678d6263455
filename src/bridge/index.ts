export { type Bridge, type BridgedStore, type BridgeOptions, connectBridge } from './connect-bridge.js';
export { type JoinedBridge, type JoinOptions, joinBridge } from './join-bridge.js';
export {
  BRIDGE_VERSION,
  type BridgeState,
  type GameMessage,
  type HelloMessage,
  type PageMessage,
  type RefusedMessage,
  type WelcomeMessage,
} from './messages.js';
