export { type Marker, type MarkerProblem, parseMarker, TERM_MAX } from './marker.ts'
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
export { firstStandings, renderStanding, standingsOf } from './standing.ts'
export { parseState, type State } from './state.ts'
export { parseZoneLists, printZoneLists, type ZoneLists } from './zone-lists.ts'
