export type {
  Release,
  RenderedFile,
  RenderedServer,
  RenderedZone,
  Role,
  Sources,
  Standing,
} from './rendered.ts'
