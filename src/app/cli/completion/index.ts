export { completionFor, type Shell } from './completion-for.ts'
export { printManPage } from './man-page.ts'
