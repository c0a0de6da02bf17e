export { type Marker, type MarkerProblem, parseMarker, TERM_MAX } from './marker.ts'
export { RELEASE_DEFAULT } from './option-standing.ts'
export {
  type ConfigurationRequest,
  composeConfiguration,
  type Rendering,
  render,
  type Standings,
} from './render.ts'
export type {
  Release,
  RenderedFile,
  RenderedServer,
  RenderedZone,
  Role,
  Sources,
  Standing,
} from './rendered.ts'
export { firstStandings, renderStanding, SINCE_NEVER } from './standing.ts'
export { parseState, STATE_VERSION, type State } from './state.ts'
