// Every error code of the scenario reader in one table; `jiahe help errors` and the docs print it.
//
// Codes are stable: scripts and tests match them. Systems use their own letters (E-TOL-..., E-NET-
// ...). Lifecycle: constants.
#pragma once

#include <array>
#include <string_view>

namespace jiahe::scenario {

namespace code {
inline constexpr const char* kUnreadable = "E-SCN-001";
inline constexpr const char* kTooLarge = "E-SCN-002";
inline constexpr const char* kEncoding = "E-SCN-003";
inline constexpr const char* kTooDeep = "E-SCN-004";
inline constexpr const char* kSyntax = "E-SCN-005";
inline constexpr const char* kAnchor = "E-SCN-006";
inline constexpr const char* kTag = "E-SCN-007";
inline constexpr const char* kMergeKey = "E-SCN-008";
inline constexpr const char* kManyDocuments = "E-SCN-009";
inline constexpr const char* kDirective = "E-SCN-010";
inline constexpr const char* kDuplicateKey = "E-SCN-011";
inline constexpr const char* kUnknownKey = "E-SCN-012";
inline constexpr const char* kMissingKey = "E-SCN-013";
inline constexpr const char* kWrongType = "E-SCN-014";
inline constexpr const char* kUnknownChoice = "E-SCN-015";
inline constexpr const char* kUnitMissing = "E-SCN-016";
inline constexpr const char* kUnitUnknown = "E-SCN-017";
inline constexpr const char* kOutOfRange = "E-SCN-018";
inline constexpr const char* kNotFinite = "E-SCN-019";
inline constexpr const char* kBadTime = "E-SCN-020";
inline constexpr const char* kTimeOrder = "E-SCN-021";
inline constexpr const char* kNotWhole = "E-SCN-022";
inline constexpr const char* kAlternatives = "E-SCN-023";
inline constexpr const char* kNotUnique = "E-SCN-024";
inline constexpr const char* kListSize = "E-SCN-025";
inline constexpr const char* kBadText = "E-SCN-026";
inline constexpr const char* kEmptyValue = "E-SCN-027";
inline constexpr const char* kEventOutside = "E-SCN-028";
inline constexpr const char* kEventTarget = "E-SCN-029";
inline constexpr const char* kOverrideForm = "E-SCN-030";
inline constexpr const char* kOverridePath = "E-SCN-031";
inline constexpr const char* kFileNotFound = "E-SCN-040";
inline constexpr const char* kFileOutside = "E-SCN-041";
inline constexpr const char* kPathForm = "E-SCN-042";
inline constexpr const char* kFileKind = "E-SCN-043";
inline constexpr const char* kDataDir = "E-SCN-044";
inline constexpr const char* kNoTopic = "E-SCN-050";
inline constexpr const char* kMoreFaults = "E-SCN-099";
}  // namespace code

struct CodeMeaning {
    std::string_view code;
    std::string_view meaning;
};

inline constexpr std::array kCodeMeanings = {
    CodeMeaning{code::kUnreadable, "the scenario file is absent or not a regular file"},
    CodeMeaning{code::kTooLarge, "the scenario is larger than 16 MiB"},
    CodeMeaning{code::kEncoding, "the text is not UTF-8, or has a control character"},
    CodeMeaning{code::kTooDeep, "maps and lists are nested deeper than 64 levels"},
    CodeMeaning{code::kSyntax, "the text is not YAML"},
    CodeMeaning{code::kAnchor, "anchors and aliases are not accepted"},
    CodeMeaning{code::kTag, "tags are not accepted"},
    CodeMeaning{code::kMergeKey, "merge keys (<<) are not accepted"},
    CodeMeaning{code::kManyDocuments, "the file holds more than one document"},
    CodeMeaning{code::kDirective, "directives (%YAML, %TAG) are not accepted"},
    CodeMeaning{code::kDuplicateKey, "a key is written twice in one map"},
    CodeMeaning{code::kUnknownKey, "no such key in this section"},
    CodeMeaning{code::kMissingKey, "a required key is missing"},
    CodeMeaning{code::kWrongType, "the value is of the wrong type"},
    CodeMeaning{code::kUnknownChoice, "the value is none of the choices"},
    CodeMeaning{code::kUnitMissing, "a quantity has no unit"},
    CodeMeaning{code::kUnitUnknown, "the unit does not fit the quantity"},
    CodeMeaning{code::kOutOfRange, "the value lies outside its range"},
    CodeMeaning{code::kNotFinite, "the number is not finite or too large for a computer's number"},
    CodeMeaning{code::kBadTime, "not a time of day or date"},
    CodeMeaning{code::kTimeOrder, "a time that must follow another does not"},
    CodeMeaning{code::kNotWhole, "not a whole number of fen, microseconds or bytes"},
    CodeMeaning{code::kAlternatives, "keys that exclude one another, or none of them"},
    CodeMeaning{code::kNotUnique, "two elements of a list carry the same name"},
    CodeMeaning{code::kListSize, "a list has too few or too many elements"},
    CodeMeaning{code::kBadText, "a text or name has characters that are not accepted"},
    CodeMeaning{code::kEmptyValue, "a key has no value"},
    CodeMeaning{code::kEventOutside, "an event lies outside the simulated time"},
    CodeMeaning{code::kEventTarget, "an event's action does not fit its target or factor"},
    CodeMeaning{code::kOverrideForm, "an override is not path.to.key=value"},
    CodeMeaning{code::kOverridePath, "an override names a place that does not exist"},
    CodeMeaning{code::kFileNotFound, "a file or folder was not found"},
    CodeMeaning{code::kFileOutside, "a path leads out of the bundle and data folders"},
    CodeMeaning{code::kPathForm, "a path of a form that is not accepted"},
    CodeMeaning{code::kFileKind, "not a regular file or folder, or larger than 4 GiB"},
    CodeMeaning{code::kDataDir, "a data folder does not exist"},
    CodeMeaning{code::kNoTopic, "no help on this topic"},
    CodeMeaning{code::kMoreFaults, "more faults than are listed"},
};

}  // namespace jiahe::scenario
