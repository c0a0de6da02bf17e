export type { Composition } from './configuration.ts'
export { configurationFrom, type InstalledConfiguration } from './installed-configuration.ts'
export { type Marker, type MarkerProblem, parseMarker, TERM_MAX } from './marker.ts'
export {
  type ConfigurationRequest,
  composeConfiguration,
  type Rendering,
  render,
  rolesOf,
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
