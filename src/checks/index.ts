import type { Check } from './check.ts';
import { archAgreesWithDefinitions } from './arch-agrees-with-definitions.ts';
import { changesAreOrdered } from './changes-are-ordered.ts';
import { changesTellComings } from './changes-tell-comings.ts';
import { changesTellDifferences } from './changes-tell-differences.ts';
import { conditionalRegistrations } from './conditional-registrations.ts';
import { configMentionsParts } from './config-mentions-parts.ts';
import { decidingSet } from './deciding-set.ts';
import { definitionLines } from './definition-lines.ts';
import { deprecationIsTold } from './deprecation-is-told.ts';
import { deprecationLines } from './deprecation-lines.ts';
import { entryLines } from './entry-lines.ts';
import { eventsAndChanges } from './events-and-changes.ts';
import { eventsMatchReleases } from './events-match-releases.ts';
import { exampleLines } from './example-lines.ts';
import { examplesArePlaced } from './examples-are-placed.ts';
import { filesExist } from './files-exist.ts';
import { filtersHavePositions } from './filters-have-positions.ts';
import { flagsAreDefined } from './flags-are-defined.ts';
import { flagsFitPrototype } from './flags-fit-prototype.ts';
import { flagsOfEra } from './flags-of-era.ts';
import { hooksOfRelease } from './hooks-of-release.ts';
import { implicitParameters } from './implicit-parameters.ts';
import { jitOfRelease } from './jit-of-release.ts';
import { linesOfRecords } from './lines-of-records.ts';
import { listsAreOrdered } from './lists-are-ordered.ts';
import { namesAreSafe } from './names-are-safe.ts';
import { neighbouringStates } from './neighbouring-states.ts';
import { parameterNames } from './parameter-names.ts';
import { pathsAreSafe } from './paths-are-safe.ts';
import { positionsAgree } from './positions-agree.ts';
import { programTypes } from './program-types.ts';
import { proseIsThere } from './prose-is-there.ts';
import { prototypeInEveryState } from './prototype-in-every-state.ts';
import { prototypeText } from './prototype-text.ts';
import { releaseLines } from './release-lines.ts';
import { releasesAreWellFormed } from './releases-are-well-formed.ts';
import { renamesAgree } from './renames-agree.ts';
import { replacementsAreMutual } from './replacements-are-mutual.ts';
import { rolesAgreeWithSets } from './roles-agree-with-sets.ts';
import { setsAgreeOnFlags } from './sets-agree-on-flags.ts';
import { setsAreRegistered } from './sets-are-registered.ts';
import { spansAreOrdered } from './spans-are-ordered.ts';
import { statesTileSpans } from './states-tile-spans.ts';
import { statusIsOfNewest } from './status-is-of-newest.ts';
import { subsystemIsKnown } from './subsystem-is-known.ts';
import { suffixesAreKnown } from './suffixes-are-known.ts';
import { suffixesFitTypes } from './suffixes-fit-types.ts';
import { suffixesOfRelease } from './suffixes-of-release.ts';

/** All checks, in the order of their names. */
export const checks: readonly Check[] = [
  archAgreesWithDefinitions,
  changesAreOrdered,
  changesTellComings,
  changesTellDifferences,
  conditionalRegistrations,
  configMentionsParts,
  decidingSet,
  definitionLines,
  deprecationIsTold,
  deprecationLines,
  entryLines,
  eventsAndChanges,
  eventsMatchReleases,
  exampleLines,
  examplesArePlaced,
  filesExist,
  filtersHavePositions,
  flagsAreDefined,
  flagsFitPrototype,
  flagsOfEra,
  hooksOfRelease,
  implicitParameters,
  jitOfRelease,
  linesOfRecords,
  listsAreOrdered,
  namesAreSafe,
  neighbouringStates,
  parameterNames,
  pathsAreSafe,
  positionsAgree,
  programTypes,
  proseIsThere,
  prototypeInEveryState,
  prototypeText,
  releaseLines,
  releasesAreWellFormed,
  renamesAgree,
  replacementsAreMutual,
  rolesAgreeWithSets,
  setsAgreeOnFlags,
  setsAreRegistered,
  spansAreOrdered,
  statesTileSpans,
  statusIsOfNewest,
  subsystemIsKnown,
  suffixesAreKnown,
  suffixesFitTypes,
  suffixesOfRelease,
];
